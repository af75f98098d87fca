-- While a service rests, lines are given up without end: of them too only the newest 1,000 a room are kept
-- (limits::kRepostsGivenUpKept). The rest of the trigger is as it was.

DROP TRIGGER queue_line;
CREATE TRIGGER queue_line AFTER INSERT ON events WHEN new.kind = 'speak' BEGIN
  INSERT INTO reposts (room_id, event, who, line, at, next_at, kind)
    SELECT new.room_id, new.number, a.handle, new.line, new.at, new.at, t.kind
      FROM rooms r JOIN repost_targets t ON t.room_id = r.id JOIN accounts a ON a.id = new.account_id
      WHERE r.id = new.room_id AND r.reposts = 1;
  UPDATE reposts SET state = 'given_up', reason = 'crowded'
    WHERE room_id = new.room_id AND state = 'waiting'
      AND id <= (SELECT id FROM reposts WHERE room_id = new.room_id AND state = 'waiting' ORDER BY id DESC LIMIT 1 OFFSET 1000);
  DELETE FROM reposts
    WHERE room_id = new.room_id AND state = 'given_up'
      AND id <= (SELECT id FROM reposts WHERE room_id = new.room_id AND state = 'given_up' ORDER BY id DESC LIMIT 1 OFFSET 1000);
END;
