-- Where rooms post their lines on to, and what became of each.

CREATE TABLE repost_targets (
  room_id    INTEGER PRIMARY KEY REFERENCES rooms (id) ON DELETE CASCADE,
  kind       TEXT NOT NULL CHECK (kind IN ('webhook', 'mastodon', 'x')),
  -- A webhook's address, a Mastodon server's; empty with X, whose address the operator gives.
  address    TEXT NOT NULL,
  visibility TEXT NOT NULL DEFAULT '',
  -- The token or the signing secret, sealed with a key that is not in this file.
  sealed     BLOB NOT NULL,
  -- Why the service is left in peace until the owner has looked; empty while all is well.
  paused     TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE reposts (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  room_id  INTEGER NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  -- The event's number in its room; NULL for a test.
  event    INTEGER,
  who      TEXT NOT NULL,
  line     TEXT NOT NULL,
  at       INTEGER NOT NULL,
  -- The same for every attempt at this line: by it a service knows what it has had.
  key      TEXT NOT NULL DEFAULT (lower(hex(randomblob(16)))),
  state    TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'posted', 'refused', 'given_up')),
  attempts INTEGER NOT NULL DEFAULT 0,
  next_at  INTEGER NOT NULL,
  reason   TEXT NOT NULL DEFAULT '',
  kind     TEXT NOT NULL,
  post_id  TEXT NOT NULL DEFAULT '',
  url      TEXT NOT NULL DEFAULT '',
  UNIQUE (room_id, event)
) STRICT;
CREATE INDEX reposts_by_state ON reposts (room_id, state, id);
CREATE INDEX reposts_waiting ON reposts (room_id, id) WHERE state = 'waiting';

-- A line and its place in the queue are one transaction, whoever writes the line. Of a room's waiting lines the newest
-- 1,000 are kept (limits::kRepostsWaiting).
CREATE TRIGGER queue_line AFTER INSERT ON events WHEN new.kind = 'speak' BEGIN
  INSERT INTO reposts (room_id, event, who, line, at, next_at, kind)
    SELECT new.room_id, new.number, a.handle, new.line, new.at, new.at, t.kind
      FROM rooms r JOIN repost_targets t ON t.room_id = r.id JOIN accounts a ON a.id = new.account_id
      WHERE r.id = new.room_id AND r.reposts = 1;
  UPDATE reposts SET state = 'given_up', reason = 'crowded'
    WHERE room_id = new.room_id AND state = 'waiting'
      AND id <= (SELECT id FROM reposts WHERE room_id = new.room_id AND state = 'waiting' ORDER BY id DESC LIMIT 1 OFFSET 1000);
END;

-- What was waiting when the owner switched off, or chose another place, is not posted later.
CREATE TRIGGER stop_queue AFTER UPDATE OF reposts ON rooms WHEN old.reposts = 1 AND new.reposts = 0 BEGIN
  UPDATE reposts SET state = 'given_up', reason = 'switched_off'
    WHERE room_id = new.id AND state = 'waiting' AND event IS NOT NULL;
END;
CREATE TRIGGER turn_queue AFTER UPDATE OF kind, address ON repost_targets
  WHEN old.kind <> new.kind OR old.address <> new.address BEGIN
  UPDATE reposts SET state = 'given_up', reason = 'moved' WHERE room_id = new.room_id AND state = 'waiting';
END;
CREATE TRIGGER end_queue AFTER DELETE ON repost_targets BEGIN
  UPDATE reposts SET state = 'given_up', reason = 'switched_off' WHERE room_id = old.room_id AND state = 'waiting';
END;
