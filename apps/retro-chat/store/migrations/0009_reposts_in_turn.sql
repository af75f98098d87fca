-- What is to be posted next, and what has waited for too long, is asked every second; not by looking at all that waits.
CREATE INDEX reposts_tests ON reposts (room_id, id) WHERE state = 'waiting' AND event IS NULL;
CREATE INDEX reposts_by_age ON reposts (at) WHERE state = 'waiting';
