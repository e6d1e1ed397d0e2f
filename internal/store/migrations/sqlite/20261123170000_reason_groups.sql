-- Wrap-up reasons stand in groups, which are reasons themselves; '' is none.

-- +goose Up
ALTER TABLE reasons ADD COLUMN in_group TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE reasons DROP COLUMN in_group;
