-- From which sites the widget of an asset is loaded: what an administrator
-- looks at to see that it is installed. One row for each origin that the asset
-- allows, so their number is bounded by the configuration.

-- +goose Up
CREATE TABLE asset_visits (
    org      TEXT NOT NULL,
    asset    TEXT NOT NULL,
    origin   TEXT NOT NULL,
    first_at INTEGER NOT NULL,
    last_at  INTEGER NOT NULL CHECK (last_at >= first_at),
    PRIMARY KEY (org, asset, origin),
    FOREIGN KEY (org, asset) REFERENCES assets (org, id)
) STRICT, WITHOUT ROWID;

-- +goose Down
DROP TABLE asset_visits;
