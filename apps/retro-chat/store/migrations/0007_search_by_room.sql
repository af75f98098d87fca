-- A search is of one room. Without the room in the index, a word that is common elsewhere had the lines of all rooms looked at.

DROP TRIGGER line_was_said;
DROP TRIGGER line_was_forgotten;
DROP TABLE line_search;
DROP VIEW spoken_lines;

-- The room's word is one that nobody says: three letters of Unicode's private use area, which the index takes as one.
CREATE VIEW spoken_lines AS
  SELECT id, room_id, line, char(57344 + room_id % 6000, 57344 + room_id / 6000 % 6000, 57344 + room_id / 36000000 % 6000) AS room_word
  FROM events WHERE kind = 'speak';
CREATE VIRTUAL TABLE line_search USING fts5 (room_word, line, content = 'spoken_lines', content_rowid = 'id', tokenize = 'trigram');
INSERT INTO line_search (line_search) VALUES ('rebuild');

CREATE TRIGGER line_was_said AFTER INSERT ON events WHEN new.kind = 'speak' BEGIN
  UPDATE rooms SET lines_kept = lines_kept + 1 WHERE id = new.room_id;
  INSERT INTO line_search (rowid, room_word, line) SELECT id, room_word, line FROM spoken_lines WHERE id = new.id;
END;

-- Before, as the view has it no more afterwards.
CREATE TRIGGER line_is_forgotten BEFORE DELETE ON events WHEN old.kind = 'speak' BEGIN
  UPDATE rooms SET lines_kept = lines_kept - 1 WHERE id = old.room_id;
  INSERT INTO line_search (line_search, rowid, room_word, line)
    SELECT 'delete', id, room_word, line FROM spoken_lines WHERE id = old.id;
END;
