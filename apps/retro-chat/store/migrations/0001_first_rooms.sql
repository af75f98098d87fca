-- People, their sessions, their rooms, and what happened in them.
-- Times are milliseconds since 1970 (UTC).

CREATE TABLE accounts (
  id              INTEGER PRIMARY KEY,
  handle          TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK (length(handle) BETWEEN 1 AND 24),
  -- Argon2id in libsodium's form. NULL: nobody can sign in, as with the house's own account.
  passphrase_hash TEXT,
  created_at      INTEGER NOT NULL
) STRICT;

CREATE TABLE sessions (
  -- A hash of what the cookie holds, so that a copy of this file opens nobody's session.
  id_hash    BLOB PRIMARY KEY CHECK (length(id_hash) = 32),
  account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  used_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_of_account ON sessions (account_id, used_at);

CREATE TABLE rooms (
  id         INTEGER PRIMARY KEY,
  owner_id   INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  -- Counts up with each of the owner's rooms; an address is never given twice.
  number     INTEGER NOT NULL CHECK (number > 0),
  name       TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  -- The number of the newest event; it goes on even when old events are deleted.
  last_event INTEGER NOT NULL DEFAULT 0,
  lively_at  INTEGER NOT NULL,
  UNIQUE (owner_id, number)
) STRICT;

CREATE INDEX rooms_by_liveliness ON rooms (lively_at);

CREATE TABLE events (
  room_id    INTEGER NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  number     INTEGER NOT NULL,
  kind       TEXT NOT NULL CHECK (kind IN ('enter', 'leave', 'lost', 'speak', 'away', 'back')),
  account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  at         INTEGER NOT NULL,
  -- What was said; NULL unless kind is 'speak'.
  line       TEXT CHECK ((kind = 'speak') = (line IS NOT NULL)),
  PRIMARY KEY (room_id, number)
) STRICT, WITHOUT ROWID;

-- Who is inside: what the events add up to, kept beside them in the same transactions.
CREATE TABLE members (
  room_id    INTEGER NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  state      TEXT NOT NULL CHECK (state IN ('here', 'away')),
  since      INTEGER NOT NULL,
  PRIMARY KEY (room_id, account_id)
) STRICT, WITHOUT ROWID;
