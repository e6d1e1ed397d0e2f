-- Which process has which organization, where several share the database: on a
-- server. A file has one process, and nothing here.

-- +goose Up
CREATE TABLE nodes (
    node    TEXT NOT NULL PRIMARY KEY,
    address TEXT NOT NULL, -- of its bus, for the others
    since   INTEGER NOT NULL,
    seen    INTEGER NOT NULL,
    leaving INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A commit holds the row by its epoch, which is in a key so that renewing the
-- lease does not wait for commits, nor they for it, while taking it does.
CREATE TABLE leases (
    org   TEXT NOT NULL PRIMARY KEY REFERENCES organizations (org),
    node  TEXT NOT NULL, -- '': nobody
    epoch INTEGER NOT NULL CHECK (epoch > 0),
    until INTEGER NOT NULL,
    UNIQUE (org, epoch)
) STRICT, WITHOUT ROWID;

-- +goose Down
DROP TABLE leases;
DROP TABLE nodes;
