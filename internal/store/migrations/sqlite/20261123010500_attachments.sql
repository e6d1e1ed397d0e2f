-- Files that people send. Their bytes are beside the database, under the name
-- in blob; what is personal of them (the name) is here and nowhere else.

-- +goose Up
CREATE TABLE attachments (
    org          TEXT NOT NULL,
    id           TEXT NOT NULL,
    conversation TEXT NOT NULL,
    uploader     TEXT NOT NULL, -- a user; '' is the customer
    command      TEXT NOT NULL,
    digest       BLOB NOT NULL,
    blob         TEXT NOT NULL UNIQUE,
    name         TEXT NOT NULL,
    type         TEXT NOT NULL,
    size         INTEGER NOT NULL CHECK (size > 0),
    width        INTEGER NOT NULL,
    height       INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    -- The message it is in: set once, by the commit of the message.
    message      TEXT NOT NULL DEFAULT '',
    place        INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (org, id),
    UNIQUE (org, conversation, uploader, command),
    FOREIGN KEY (org, conversation) REFERENCES conversations (org, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX attachments_unsent ON attachments (at) WHERE message = '';

ALTER TABLE assets ADD COLUMN attachments TEXT NOT NULL DEFAULT '{}'; -- JSON

-- +goose Down
ALTER TABLE assets DROP COLUMN attachments;
DROP TABLE attachments;
