-- +goose Up
-- The work that a browser has to do before it begins a chat on an asset.
ALTER TABLE assets ADD COLUMN work TEXT COLLATE "C" NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE assets DROP COLUMN work;
