-- What is left of somebody, and which sessions are over, is asked again and again; not by looking at everybody's.
CREATE INDEX sessions_by_age ON sessions (used_at);
CREATE INDEX members_of_account ON members (account_id);
CREATE INDEX admitted_of_account ON admitted (account_id);
CREATE INDEX removed_of_account ON removed (account_id);
