-- Which process has which organization, where several share the database.

-- +goose Up
CREATE TABLE nodes (
    node    TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    address TEXT COLLATE "C" NOT NULL, -- of its bus, for the others
    since   BIGINT NOT NULL,
    seen    BIGINT NOT NULL,
    leaving BIGINT NOT NULL
);

-- A commit holds the row by its epoch, which is in a key so that renewing the
-- lease does not wait for commits, nor they for it, while taking it does.
CREATE TABLE leases (
    org   TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES organizations (org),
    node  TEXT COLLATE "C" NOT NULL, -- '': nobody
    epoch BIGINT NOT NULL CHECK (epoch > 0),
    until BIGINT NOT NULL,
    UNIQUE (org, epoch)
);

-- +goose Down
DROP TABLE leases;
DROP TABLE nodes;
