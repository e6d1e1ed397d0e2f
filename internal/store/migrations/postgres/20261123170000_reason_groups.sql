-- Wrap-up reasons stand in groups, which are reasons themselves; '' is none.

-- +goose Up
ALTER TABLE reasons ADD COLUMN in_group TEXT COLLATE "C" NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE reasons DROP COLUMN in_group;
