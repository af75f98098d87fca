-- What an owner decides of a room, who may not come in, people without an account, and words to stepping away.

-- A guest goes by a handle that the house gave, owns nothing, and cannot sign in again once the session is over.
ALTER TABLE accounts ADD COLUMN guest INTEGER NOT NULL DEFAULT 0 CHECK (guest IN (0, 1));
-- The number of the newest room, so that a deleted room's address is never given again.
ALTER TABLE accounts ADD COLUMN last_room INTEGER NOT NULL DEFAULT 0;
CREATE INDEX guests ON accounts (id) WHERE guest = 1;
UPDATE accounts SET last_room = coalesce((SELECT max(number) FROM rooms WHERE owner_id = accounts.id), 0);

ALTER TABLE rooms ADD COLUMN topic TEXT NOT NULL DEFAULT '';
ALTER TABLE rooms ADD COLUMN entry TEXT NOT NULL DEFAULT 'signed_in'
  CHECK (entry IN ('everyone', 'signed_in', 'listed', 'passphrase', 'closed'));
-- What `entry` 'passphrase' asks for, as in accounts; empty when none was set.
ALTER TABLE rooms ADD COLUMN passphrase_hash TEXT NOT NULL DEFAULT '';
-- Whether lines are posted on.
ALTER TABLE rooms ADD COLUMN reposts INTEGER NOT NULL DEFAULT 0 CHECK (reposts IN (0, 1));

-- Whom `entry` 'listed' lets in. By handle, as an owner may name somebody who has not signed up yet.
CREATE TABLE listed (
  room_id INTEGER NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  handle  TEXT NOT NULL COLLATE NOCASE,
  PRIMARY KEY (room_id, handle)
) STRICT, WITHOUT ROWID;

-- Who has given the room's passphrase; emptied when it changes.
CREATE TABLE admitted (
  room_id    INTEGER NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  PRIMARY KEY (room_id, account_id)
) STRICT, WITHOUT ROWID;

-- Whom the owner has shown out, until the owner lets them in again.
CREATE TABLE removed (
  room_id    INTEGER NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  at         INTEGER NOT NULL,
  PRIMARY KEY (room_id, account_id)
) STRICT, WITHOUT ROWID;

-- Events again, as their checks change: stepping away and coming back may have a word, and there is being shown out.
CREATE TABLE new_events (
  id         INTEGER PRIMARY KEY,
  room_id    INTEGER NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  number     INTEGER NOT NULL,
  kind       TEXT NOT NULL CHECK (kind IN ('enter', 'leave', 'lost', 'removed', 'speak', 'away', 'back')),
  account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  at         INTEGER NOT NULL,
  -- What was said; with 'away' and 'back' the word left behind, if any.
  line       TEXT CHECK (CASE kind WHEN 'speak' THEN line IS NOT NULL WHEN 'away' THEN TRUE WHEN 'back' THEN TRUE ELSE line IS NULL END),
  UNIQUE (room_id, number)
) STRICT;
INSERT INTO new_events (room_id, number, kind, account_id, at, line)
  SELECT room_id, number, kind, account_id, at, line FROM events ORDER BY room_id, number;
DROP TABLE events;
ALTER TABLE new_events RENAME TO events;
CREATE INDEX events_of_account ON events (account_id);

-- The word of somebody who is away, for as long as they are.
ALTER TABLE members ADD COLUMN word TEXT NOT NULL DEFAULT '';
