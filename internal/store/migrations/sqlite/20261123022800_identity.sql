-- Sites can sign who their visitors are: the keys they sign with, the persons
-- they named, and what of that a visitor's token and a conversation know.

-- +goose Up
CREATE TABLE identity_keys (
    org        TEXT NOT NULL,
    asset      TEXT NOT NULL,
    id         TEXT NOT NULL,
    algorithm  TEXT NOT NULL CHECK (algorithm IN ('HS256', 'EdDSA', 'ES256')),
    material   BLOB NOT NULL, -- the secret, or the public key
    created_at INTEGER NOT NULL,
    retired_at INTEGER NOT NULL,
    PRIMARY KEY (org, asset, id),
    FOREIGN KEY (org, asset) REFERENCES assets (org, id)
) STRICT, WITHOUT ROWID;

-- A site's person is one customer.
CREATE TABLE people (
    org        TEXT NOT NULL,
    asset      TEXT NOT NULL,
    subject    TEXT NOT NULL, -- the site's name of the person
    customer   TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (org, asset, subject),
    FOREIGN KEY (org, asset) REFERENCES assets (org, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX people_customer ON people (org, customer);

-- Tokens that work once, until they would have ended by themselves.
CREATE TABLE identity_uses (
    org     TEXT NOT NULL,
    asset   TEXT NOT NULL,
    digest  BLOB NOT NULL,
    expires INTEGER NOT NULL,
    PRIMARY KEY (org, asset, digest)
) STRICT, WITHOUT ROWID;

ALTER TABLE visitors ADD COLUMN proven INTEGER NOT NULL DEFAULT 0;
ALTER TABLE visitors ADD COLUMN expires INTEGER NOT NULL DEFAULT 0; -- 0 is never
ALTER TABLE visitors ADD COLUMN signed TEXT NOT NULL DEFAULT '{}'; -- JSON: what the site signed of the person
CREATE INDEX visitors_customer ON visitors (org, customer);
CREATE INDEX visitors_expires ON visitors (expires) WHERE expires > 0;
ALTER TABLE conversations ADD COLUMN verified INTEGER NOT NULL DEFAULT 0;
ALTER TABLE assets ADD COLUMN identity_required INTEGER NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE assets DROP COLUMN identity_required;
ALTER TABLE conversations DROP COLUMN verified;
DROP INDEX visitors_expires;
DROP INDEX visitors_customer;
ALTER TABLE visitors DROP COLUMN signed;
ALTER TABLE visitors DROP COLUMN expires;
ALTER TABLE visitors DROP COLUMN proven;
DROP TABLE identity_uses;
DROP TABLE people;
DROP TABLE identity_keys;
