-- Keys that users' devices keep, by which they sign in without a password.

-- +goose Up
CREATE TABLE passkeys (
    org        TEXT NOT NULL,
    user_id    TEXT NOT NULL,
    id         TEXT NOT NULL,
    name       TEXT NOT NULL CHECK (name <> ''),
    credential BLOB NOT NULL, -- what the device calls it
    key        BLOB NOT NULL, -- the public one, as COSE
    count      INTEGER NOT NULL CHECK (count >= 0), -- of its uses, as the device counts
    shared     INTEGER NOT NULL, -- the user's other devices may have it too
    created_at INTEGER NOT NULL,
    used_at    INTEGER NOT NULL, -- 0: never
    copied_at  INTEGER NOT NULL, -- 0: never; else it lets nobody in
    PRIMARY KEY (org, user_id, id),
    FOREIGN KEY (org, user_id) REFERENCES users (org, id)
) STRICT, WITHOUT ROWID;
-- Whoever signs in with one says nothing else of who they are.
CREATE UNIQUE INDEX passkeys_credential ON passkeys (credential);

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('passkeys', 'passkeys', '20000 20000 2 1'),
    ('passkeys', 'passkeys_credential', '20000 1');
ANALYZE sqlite_schema; -- has it read again

-- +goose Down
DELETE FROM sqlite_stat1 WHERE tbl = 'passkeys';
DROP TABLE passkeys;
