-- Roles that an organization makes itself. The built-in ones are in no table.

-- +goose Up
CREATE TABLE roles (
    org         TEXT NOT NULL REFERENCES organizations (org),
    id          TEXT NOT NULL,
    name_en     TEXT NOT NULL,
    name_ar     TEXT NOT NULL,
    permissions TEXT NOT NULL, -- JSON
    archived    INTEGER NOT NULL,
    version     INTEGER NOT NULL,
    PRIMARY KEY (org, id)
) STRICT, WITHOUT ROWID;

-- +goose Down
DROP TABLE roles;
