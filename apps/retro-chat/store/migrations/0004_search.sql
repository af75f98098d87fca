-- What is needed to keep a long conversation: a count of lines, a way to old moves, and an index of what was said.

-- How many lines of the room are kept: counting them anew with each line would cost more the longer the conversation is.
ALTER TABLE rooms ADD COLUMN lines_kept INTEGER NOT NULL DEFAULT 0;
UPDATE rooms SET lines_kept = (SELECT count(*) FROM events WHERE room_id = rooms.id AND kind = 'speak');

-- Comings and goings are few among many lines.
CREATE INDEX moves_of_room ON events (room_id, number) WHERE kind <> 'speak';

-- Full text of the lines, three characters at a time, as Japanese has no spaces between words. The text itself stays in
-- `events`.
CREATE VIEW spoken_lines AS SELECT id, line FROM events WHERE kind = 'speak';
CREATE VIRTUAL TABLE line_search USING fts5 (line, content = 'spoken_lines', content_rowid = 'id', tokenize = 'trigram');
INSERT INTO line_search (line_search) VALUES ('rebuild');

CREATE TRIGGER line_was_said AFTER INSERT ON events WHEN new.kind = 'speak' BEGIN
  UPDATE rooms SET lines_kept = lines_kept + 1 WHERE id = new.room_id;
  INSERT INTO line_search (rowid, line) VALUES (new.id, new.line);
END;

CREATE TRIGGER line_was_forgotten AFTER DELETE ON events WHEN old.kind = 'speak' BEGIN
  UPDATE rooms SET lines_kept = lines_kept - 1 WHERE id = old.room_id;
  INSERT INTO line_search (line_search, rowid, line) VALUES ('delete', old.id, old.line);
END;
