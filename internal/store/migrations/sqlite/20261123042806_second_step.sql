-- A second step of signing in, and when a session last showed who is behind it.

-- +goose Up
CREATE TABLE factors (
    org          TEXT NOT NULL,
    user_id      TEXT NOT NULL,
    sealed       BLOB NOT NULL, -- the secret; its key is not in the database
    confirmed_at INTEGER NOT NULL DEFAULT 0, -- 0: begun
    step         INTEGER NOT NULL DEFAULT 0, -- of the last code used
    PRIMARY KEY (org, user_id),
    FOREIGN KEY (org, user_id) REFERENCES users (org, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE recovery_codes (
    org     TEXT NOT NULL,
    user_id TEXT NOT NULL,
    digest  BLOB NOT NULL, -- of the code, which is nowhere
    PRIMARY KEY (org, user_id, digest),
    FOREIGN KEY (org, user_id) REFERENCES factors (org, user_id)
) STRICT, WITHOUT ROWID;

-- Who was signed in before is asked once more when it matters.
ALTER TABLE sessions ADD COLUMN proven_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN limited INTEGER NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE sessions DROP COLUMN limited;
ALTER TABLE sessions DROP COLUMN proven_at;
DROP TABLE recovery_codes;
DROP TABLE factors;
