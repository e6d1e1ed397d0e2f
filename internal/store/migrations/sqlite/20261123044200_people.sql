-- +goose Up
-- Finding, erasing and holding what is kept of a person.

ALTER TABLE conversations ADD COLUMN erased_at INTEGER NOT NULL DEFAULT 0; -- what was said in it, and by whom, is gone since
CREATE INDEX conversations_email ON conversations (org, email) WHERE email <> '';
CREATE INDEX conversations_phone ON conversations (org, about ->> '$.phone') WHERE about ->> '$.phone' <> '';
-- What a queue's retention will remove, oldest first.
CREATE INDEX conversations_ended ON conversations (org, queue, closed_at) WHERE closed_at > 0 AND erased_at = 0;

-- What is neither erased nor removed by age until somebody lifts it.
CREATE TABLE holds (
    org     TEXT NOT NULL REFERENCES organizations (org),
    object  TEXT NOT NULL, -- a customer or a conversation
    reason  TEXT NOT NULL,
    user_id TEXT NOT NULL, -- who set it; '' is a command on the server
    at      INTEGER NOT NULL,
    PRIMARY KEY (org, object)
) STRICT, WITHOUT ROWID;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('conversations', 'conversations_email', '500000 500000 4'),
    ('conversations', 'conversations_phone', '200000 200000 4'),
    ('conversations', 'conversations_ended', '1000000 1000000 50000 1'),
    ('people', 'people', '200000 200000 50000 1'),
    ('people', 'people_customer', '200000 200000 1'),
    ('visitors', 'visitors_customer', '1000000 1000000 2'),
    ('holds', 'holds', '1000 1000 1');
ANALYZE sqlite_schema; -- has it read again

-- +goose Down
DELETE FROM sqlite_stat1 WHERE idx IN ('conversations_email', 'conversations_phone', 'conversations_ended', 'holds', 'people', 'people_customer', 'visitors_customer');
DROP TABLE holds;
DROP INDEX conversations_ended;
DROP INDEX conversations_phone;
DROP INDEX conversations_email;
ALTER TABLE conversations DROP COLUMN erased_at;
