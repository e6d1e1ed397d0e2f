-- Who may not write: a customer, or whoever comes from a network. How the
-- customer is called is read from the conversation, so that erasing finds it.

-- +goose Up
CREATE TABLE blocks (
    org          TEXT NOT NULL REFERENCES organizations (org),
    id           TEXT NOT NULL,
    customer     TEXT NOT NULL,
    network      TEXT NOT NULL,
    conversation TEXT NOT NULL,
    reason       TEXT NOT NULL,
    by_user      TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL, -- 0 is never
    PRIMARY KEY (org, id),
    CHECK ((customer = '') <> (network = ''))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX blocks_subject ON blocks (org, customer, network);
CREATE INDEX blocks_expires ON blocks (expires_at) WHERE expires_at > 0;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('blocks', 'blocks', '10000 10000 1'),
    ('blocks', 'blocks_subject', '10000 10000 10 1'),
    ('blocks', 'blocks_expires', '5000 1');
ANALYZE sqlite_schema; -- has it read again

-- +goose Down
DELETE FROM sqlite_stat1 WHERE tbl = 'blocks';
DROP TABLE blocks;
