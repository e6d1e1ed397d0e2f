-- Queues can close, and bound how many wait and for how long. A request knows
-- since when nobody is signed in for it, so that the count outlives a restart.

-- +goose Up
CREATE TABLE hours (
    org      TEXT NOT NULL REFERENCES organizations (org),
    id       TEXT NOT NULL,
    name_en  TEXT NOT NULL,
    name_ar  TEXT NOT NULL,
    schedule TEXT NOT NULL, -- JSON
    version  INTEGER NOT NULL,
    PRIMARY KEY (org, id)
) STRICT, WITHOUT ROWID;

ALTER TABLE queues ADD COLUMN limits TEXT NOT NULL DEFAULT '{}'; -- JSON
ALTER TABLE tasks ADD COLUMN nobody_since INTEGER NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE tasks DROP COLUMN nobody_since;
ALTER TABLE queues DROP COLUMN limits;
DROP TABLE hours;
