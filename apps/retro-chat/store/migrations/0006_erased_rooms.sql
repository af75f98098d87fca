-- Rooms that were deleted and whose lines are still being deleted, some at a time: all at once kept everybody else waiting.
-- Such a room is nobody's, is found nowhere, and keeps its row until nothing else of it is left.
ALTER TABLE rooms ADD COLUMN erased INTEGER NOT NULL DEFAULT 0 CHECK (erased IN (0, 1));
CREATE INDEX erased_rooms ON rooms (id) WHERE erased = 1;
