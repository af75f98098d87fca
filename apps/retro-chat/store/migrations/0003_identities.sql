-- Who people are at the providers they sign in through.

CREATE TABLE identities (
  -- Who vouches: the issuer's address, or the provider's id where there is no issuer.
  authority  TEXT NOT NULL,
  -- What the person is called there, for ever; not the screen name, which may pass to somebody else.
  subject    TEXT NOT NULL CHECK (length(subject) BETWEEN 1 AND 255),
  account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (authority, subject)
) STRICT, WITHOUT ROWID;

CREATE INDEX identities_of_account ON identities (account_id);
