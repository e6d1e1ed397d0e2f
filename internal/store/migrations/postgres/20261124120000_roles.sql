-- Roles that an organization makes itself. The built-in ones are in no table.

-- +goose Up
CREATE TABLE roles (
    org         TEXT COLLATE "C" NOT NULL REFERENCES organizations (org),
    id          TEXT COLLATE "C" NOT NULL,
    name_en     TEXT COLLATE "C" NOT NULL,
    name_ar     TEXT COLLATE "C" NOT NULL,
    permissions TEXT COLLATE "C" NOT NULL, -- JSON
    archived    BIGINT NOT NULL,
    version     BIGINT NOT NULL,
    PRIMARY KEY (org, id)
);

-- +goose Down
DROP TABLE roles;
