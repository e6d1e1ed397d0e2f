-- +goose Up

-- What agents can do and requests can require.
CREATE TABLE skills (
    org      TEXT NOT NULL REFERENCES organizations (org),
    id       TEXT NOT NULL,
    name_en  TEXT NOT NULL,
    name_ar  TEXT NOT NULL,
    kind     TEXT NOT NULL CHECK (kind IN ('proficiency', 'boolean', 'text', 'enum')),
    choices  TEXT NOT NULL,
    language TEXT NOT NULL,
    archived INTEGER NOT NULL,
    version  INTEGER NOT NULL,
    PRIMARY KEY (org, id)
) STRICT, WITHOUT ROWID;

ALTER TABLE users ADD COLUMN exclusive TEXT NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN skills TEXT NOT NULL DEFAULT '';

ALTER TABLE teams ADD COLUMN capacity INTEGER NOT NULL DEFAULT 0;
ALTER TABLE teams ADD COLUMN exclusive TEXT NOT NULL DEFAULT '';

ALTER TABLE queues ADD COLUMN wider TEXT NOT NULL DEFAULT '';
ALTER TABLE queues ADD COLUMN rule TEXT NOT NULL DEFAULT '';
ALTER TABLE queues ADD COLUMN requires TEXT NOT NULL DEFAULT '';
ALTER TABLE queues ADD COLUMN language_level INTEGER NOT NULL DEFAULT 0;
ALTER TABLE queues ADD COLUMN language_relax INTEGER NOT NULL DEFAULT 0; -- nanoseconds
ALTER TABLE queues ADD COLUMN per_agent INTEGER NOT NULL DEFAULT 0;
ALTER TABLE queues ADD COLUMN sticky INTEGER NOT NULL DEFAULT 0; -- nanoseconds
ALTER TABLE queues ADD COLUMN manual_pick INTEGER NOT NULL DEFAULT 0;

ALTER TABLE assets ADD COLUMN requires TEXT NOT NULL DEFAULT '';
ALTER TABLE assets ADD COLUMN priority INTEGER NOT NULL DEFAULT 0;

ALTER TABLE floor_agents ADD COLUMN last_offer INTEGER NOT NULL DEFAULT 0;

-- What a queued task asks for at the age of its visit; nanoseconds.
ALTER TABLE tasks ADD COLUMN widened INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tasks ADD COLUMN relaxed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tasks ADD COLUMN kept_for TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE tasks DROP COLUMN kept_for;
ALTER TABLE tasks DROP COLUMN relaxed;
ALTER TABLE tasks DROP COLUMN widened;
ALTER TABLE floor_agents DROP COLUMN last_offer;
ALTER TABLE assets DROP COLUMN priority;
ALTER TABLE assets DROP COLUMN requires;
ALTER TABLE queues DROP COLUMN manual_pick;
ALTER TABLE queues DROP COLUMN sticky;
ALTER TABLE queues DROP COLUMN per_agent;
ALTER TABLE queues DROP COLUMN language_relax;
ALTER TABLE queues DROP COLUMN language_level;
ALTER TABLE queues DROP COLUMN requires;
ALTER TABLE queues DROP COLUMN rule;
ALTER TABLE queues DROP COLUMN wider;
ALTER TABLE teams DROP COLUMN exclusive;
ALTER TABLE teams DROP COLUMN capacity;
ALTER TABLE users DROP COLUMN skills;
ALTER TABLE users DROP COLUMN exclusive;
DROP TABLE skills;
