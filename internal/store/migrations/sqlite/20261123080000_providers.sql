-- Other systems that say who somebody is, and whom they know as whom.

-- +goose Up
CREATE TABLE providers (
    org       TEXT NOT NULL REFERENCES organizations (org),
    id        TEXT NOT NULL,
    name_en   TEXT NOT NULL,
    name_ar   TEXT NOT NULL,
    issuer    TEXT NOT NULL,
    client_id TEXT NOT NULL,
    scopes    TEXT NOT NULL, -- JSON
    creates   INTEGER NOT NULL,
    ask_step  INTEGER NOT NULL,
    rules     TEXT NOT NULL, -- JSON
    archived  INTEGER NOT NULL,
    version   INTEGER NOT NULL,
    PRIMARY KEY (org, id)
) STRICT, WITHOUT ROWID;

-- What we show a provider. It is for the issuer that it was given for and for
-- no other that the provider's row may name later.
CREATE TABLE provider_secrets (
    org      TEXT NOT NULL,
    provider TEXT NOT NULL,
    issuer   TEXT NOT NULL,
    sealed   BLOB NOT NULL, -- its key is not in the database
    PRIMARY KEY (org, provider),
    FOREIGN KEY (org, provider) REFERENCES providers (org, id)
) STRICT, WITHOUT ROWID;

-- Who is whom. One issuer knows a user under one name: an address that it gave
-- to somebody else is not the way into the account of who had it before.
CREATE TABLE linked_identities (
    org       TEXT NOT NULL,
    issuer    TEXT NOT NULL,
    subject   TEXT NOT NULL,
    user_id   TEXT NOT NULL,
    linked_at INTEGER NOT NULL,
    PRIMARY KEY (org, issuer, subject),
    UNIQUE (org, user_id, issuer),
    FOREIGN KEY (org, user_id) REFERENCES users (org, id)
) STRICT, WITHOUT ROWID;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('linked_identities', 'linked_identities', '20000 20000 20000 1'),
    ('linked_identities', 'sqlite_autoindex_linked_identities_2', '20000 20000 2 1');
ANALYZE sqlite_schema; -- has it read again

-- +goose Down
DELETE FROM sqlite_stat1 WHERE tbl = 'linked_identities';
DROP TABLE linked_identities;
DROP TABLE provider_secrets;
DROP TABLE providers;
