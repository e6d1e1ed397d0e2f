-- The first shape. Rules that hold for every table:
--
-- * The key starts with the organization: no query reaches across two of them.
--   Exceptions are what is looked up before the organization is known (login)
--   and the clock. In the two tables that grow with every message the
--   organization and the conversation are numbers: with their identifiers a row
--   would be twice as long, and a commit would write twice as many pages.
-- * Times are microseconds since 1970 in UTC; 0 is "not yet" or "never".
-- * A text column is '' where there is nothing, so that comparisons need no
--   second case. Lists and settings that nobody searches are JSON.
-- * What must never happen is forbidden here, once more, and not only by the
--   code above: see offers, parts, claims, slots, conversations and entries.

-- +goose Up

-- The last moment that anything was committed: time never goes back behind it.
CREATE TABLE clock (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    now INTEGER NOT NULL
) STRICT;

-- ── what administrators set up ──────────────────────────────────────────────

CREATE TABLE organizations (
    org            TEXT NOT NULL PRIMARY KEY,
    n              INTEGER NOT NULL UNIQUE,
    name_en        TEXT NOT NULL,
    name_ar        TEXT NOT NULL,
    language       TEXT NOT NULL,
    time_zone      TEXT NOT NULL,
    settings       TEXT NOT NULL,
    version        INTEGER NOT NULL,
    config_version INTEGER NOT NULL,
    last_task      INTEGER NOT NULL DEFAULT 0,
    last_offer     INTEGER NOT NULL DEFAULT 0,
    last_part      INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE users (
    org           TEXT NOT NULL REFERENCES organizations (org),
    id            TEXT NOT NULL,
    name          TEXT NOT NULL,
    email         TEXT NOT NULL,
    roles         TEXT NOT NULL,
    capacity      INTEGER NOT NULL,
    answer_factor REAL NOT NULL,
    profile       TEXT NOT NULL,
    language      TEXT NOT NULL,
    disabled      INTEGER NOT NULL,
    version       INTEGER NOT NULL,
    PRIMARY KEY (org, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX users_email ON users (email) WHERE email <> '';

CREATE TABLE teams (
    org     TEXT NOT NULL REFERENCES organizations (org),
    id      TEXT NOT NULL,
    name_en TEXT NOT NULL,
    name_ar TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (org, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE user_teams (
    org      TEXT NOT NULL,
    user_id  TEXT NOT NULL,
    team     TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (org, user_id, team),
    FOREIGN KEY (org, user_id) REFERENCES users (org, id),
    FOREIGN KEY (org, team) REFERENCES teams (org, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE reasons (
    org      TEXT NOT NULL REFERENCES organizations (org),
    id       TEXT NOT NULL,
    kind     TEXT NOT NULL CHECK (kind IN ('wrapup', 'idle')),
    name_en  TEXT NOT NULL,
    name_ar  TEXT NOT NULL,
    position INTEGER NOT NULL,
    archived INTEGER NOT NULL,
    version  INTEGER NOT NULL,
    PRIMARY KEY (org, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE queues (
    org                TEXT NOT NULL REFERENCES organizations (org),
    id                 TEXT NOT NULL,
    name_en            TEXT NOT NULL,
    name_ar            TEXT NOT NULL,
    priority           INTEGER NOT NULL,
    rona               INTEGER NOT NULL, -- nanoseconds
    on_unanswered      TEXT NOT NULL,
    transfers_join_end INTEGER NOT NULL,
    wrapup_required    INTEGER NOT NULL,
    wrapup_auto        INTEGER NOT NULL, -- nanoseconds
    wrapup_default     TEXT NOT NULL,
    archived           INTEGER NOT NULL,
    version            INTEGER NOT NULL,
    PRIMARY KEY (org, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE queue_teams (
    org      TEXT NOT NULL,
    queue    TEXT NOT NULL,
    team     TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (org, queue, team),
    FOREIGN KEY (org, queue) REFERENCES queues (org, id),
    FOREIGN KEY (org, team) REFERENCES teams (org, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE queue_reasons (
    org      TEXT NOT NULL,
    queue    TEXT NOT NULL,
    reason   TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (org, queue, reason),
    FOREIGN KEY (org, queue) REFERENCES queues (org, id),
    FOREIGN KEY (org, reason) REFERENCES reasons (org, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE assets (
    org       TEXT NOT NULL REFERENCES organizations (org),
    id        TEXT NOT NULL,
    key       TEXT NOT NULL UNIQUE,
    name_en   TEXT NOT NULL,
    name_ar   TEXT NOT NULL,
    queue     TEXT NOT NULL,
    origins   TEXT NOT NULL,
    languages TEXT NOT NULL,
    language  TEXT NOT NULL,
    color     TEXT NOT NULL,
    deleted   INTEGER NOT NULL,
    version   INTEGER NOT NULL,
    PRIMARY KEY (org, id),
    FOREIGN KEY (org, queue) REFERENCES queues (org, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE templates (
    org       TEXT NOT NULL REFERENCES organizations (org),
    id        TEXT NOT NULL,
    name_en   TEXT NOT NULL,
    name_ar   TEXT NOT NULL,
    group_en  TEXT NOT NULL,
    group_ar  TEXT NOT NULL,
    text_en   TEXT NOT NULL,
    text_ar   TEXT NOT NULL,
    starts    INTEGER NOT NULL,
    follows   INTEGER NOT NULL,
    ends      INTEGER NOT NULL,
    position  INTEGER NOT NULL,
    archived  INTEGER NOT NULL,
    version   INTEGER NOT NULL,
    PRIMARY KEY (org, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE profiles (
    org            TEXT NOT NULL REFERENCES organizations (org),
    id             TEXT NOT NULL,
    name_en        TEXT NOT NULL,
    name_ar        TEXT NOT NULL,
    queues         TEXT NOT NULL,
    teams          TEXT NOT NULL,
    idle_reasons   TEXT NOT NULL,
    wrapup_reasons TEXT NOT NULL,
    templates      TEXT NOT NULL,
    wrapup_auto    INTEGER NOT NULL, -- nanoseconds
    version        INTEGER NOT NULL,
    PRIMARY KEY (org, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE template_teams (
    org      TEXT NOT NULL,
    template TEXT NOT NULL,
    team     TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (org, template, team),
    FOREIGN KEY (org, template) REFERENCES templates (org, id),
    FOREIGN KEY (org, team) REFERENCES teams (org, id)
) STRICT, WITHOUT ROWID;

-- ── who may sign in ─────────────────────────────────────────────────────────

CREATE TABLE credentials (
    org      TEXT NOT NULL,
    user_id  TEXT NOT NULL,
    password TEXT NOT NULL, -- argon2id, PHC form
    PRIMARY KEY (org, user_id),
    FOREIGN KEY (org, user_id) REFERENCES users (org, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
    digest     BLOB NOT NULL PRIMARY KEY, -- of the secret, which is nowhere
    org        TEXT NOT NULL,
    user_id    TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL,
    user_agent TEXT NOT NULL,
    FOREIGN KEY (org, user_id) REFERENCES users (org, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_user ON sessions (org, user_id);

CREATE TABLE links (
    kind    TEXT NOT NULL,
    digest  BLOB NOT NULL,
    org     TEXT NOT NULL,
    user_id TEXT NOT NULL,
    expires INTEGER NOT NULL,
    PRIMARY KEY (kind, digest)
) STRICT, WITHOUT ROWID;

CREATE TABLE visitors (
    digest       BLOB NOT NULL PRIMARY KEY,
    org          TEXT NOT NULL,
    asset        TEXT NOT NULL,
    customer     TEXT NOT NULL,
    conversation TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    FOREIGN KEY (org, asset) REFERENCES assets (org, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE secrets (
    name  TEXT NOT NULL PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- ── conversations: what was said ────────────────────────────────────────────

-- One row per conversation: what was said in it and who has it change together.
-- The personal fields are here and nowhere else, so that they can be erased.
CREATE TABLE conversations (
    n                INTEGER PRIMARY KEY,
    org              TEXT NOT NULL REFERENCES organizations (org),
    id               TEXT NOT NULL,
    asset            TEXT NOT NULL,
    customer         TEXT NOT NULL,
    customer_name    TEXT NOT NULL,
    email            TEXT NOT NULL,
    language         TEXT NOT NULL,
    page             TEXT NOT NULL,
    about            TEXT NOT NULL,
    started_at       INTEGER NOT NULL,
    status           TEXT NOT NULL CHECK (status IN ('waiting', 'open', 'interrupted', 'closed')),
    cause            TEXT NOT NULL,
    closed_at        INTEGER NOT NULL,
    -- The heads move only by "SET head = ? WHERE head = ?": nothing is
    -- numbered twice and no number is left out.
    head             INTEGER NOT NULL CHECK (head >= 0),
    staff_head       INTEGER NOT NULL CHECK (staff_head >= 0),
    -- The floor's share; waiting_since is 0 until the floor has seen it.
    queue            TEXT NOT NULL DEFAULT '',
    priority         INTEGER NOT NULL DEFAULT 0,
    waiting_since    INTEGER NOT NULL DEFAULT 0,
    interrupted      INTEGER NOT NULL DEFAULT 0,
    answered_at      INTEGER NOT NULL DEFAULT 0,
    customer_lost_at INTEGER NOT NULL DEFAULT 0,
    away             INTEGER NOT NULL DEFAULT 0,
    spoke_at         INTEGER NOT NULL DEFAULT 0,
    agent_spoke_last INTEGER NOT NULL DEFAULT 0,
    warned_at        INTEGER NOT NULL DEFAULT 0,
    returned         INTEGER NOT NULL DEFAULT 0,
    ended_at         INTEGER NOT NULL DEFAULT 0,
    ended_by         TEXT NOT NULL DEFAULT '',
    UNIQUE (org, id),
    FOREIGN KEY (org, asset) REFERENCES assets (org, id),
    CHECK ((status = 'closed') = (closed_at > 0))
) STRICT;
-- A customer has one open conversation per asset.
CREATE UNIQUE INDEX conversations_open ON conversations (org, customer, asset) WHERE closed_at = 0;
CREATE INDEX conversations_customer ON conversations (org, customer, started_at);
CREATE INDEX conversations_floor ON conversations (org) WHERE waiting_since > 0 AND ended_at = 0;

CREATE TABLE participants (
    org          TEXT NOT NULL,
    conversation TEXT NOT NULL,
    number       INTEGER NOT NULL,
    role         TEXT NOT NULL CHECK (role IN ('customer', 'agent')),
    user_id      TEXT NOT NULL,
    name         TEXT NOT NULL, -- of agents; the customer's is the conversation's
    owner        INTEGER NOT NULL,
    joined_at    INTEGER NOT NULL,
    left_at      INTEGER NOT NULL,
    left_seq     INTEGER NOT NULL,
    delivered    INTEGER NOT NULL,
    seen         INTEGER NOT NULL,
    PRIMARY KEY (org, conversation, number),
    FOREIGN KEY (org, conversation) REFERENCES conversations (org, id),
    CHECK (seen <= delivered)
) STRICT, WITHOUT ROWID;
-- The second wall of "one owner".
CREATE UNIQUE INDEX participants_owner ON participants (org, conversation) WHERE owner = 1;

-- The log of both topics. It holds no text that people wrote.
CREATE TABLE entries (
    org          INTEGER NOT NULL,
    conversation INTEGER NOT NULL,
    topic        INTEGER NOT NULL CHECK (topic IN (0, 1)), -- 0 is the customer's, 1 the staff's
    seq          INTEGER NOT NULL CHECK (seq > 0),
    at           INTEGER NOT NULL,
    kind         TEXT NOT NULL,
    by_number    INTEGER NOT NULL,
    client_id    TEXT NOT NULL, -- of a message or note: where its text is found
    data         TEXT NOT NULL, -- the other fields as JSON, '' where there are none
    PRIMARY KEY (org, conversation, topic, seq)
) STRICT, WITHOUT ROWID;

-- The texts of messages and notes, apart from the log so that they can be
-- erased. A client id is used once in the life of the conversation.
CREATE TABLE messages (
    org          INTEGER NOT NULL,
    conversation INTEGER NOT NULL,
    client_id    TEXT NOT NULL CHECK (client_id <> ''),
    topic        INTEGER NOT NULL,
    seq          INTEGER NOT NULL,
    digest       BLOB NOT NULL,
    text         TEXT NOT NULL,
    PRIMARY KEY (org, conversation, client_id)
) STRICT, WITHOUT ROWID;

-- ── the floor: who has what ─────────────────────────────────────────────────

CREATE TABLE floor_agents (
    org                 TEXT NOT NULL,
    id                  TEXT NOT NULL,
    presence            TEXT NOT NULL,
    idle_reason         TEXT NOT NULL,
    since               INTEGER NOT NULL,
    set_by              TEXT NOT NULL,
    signed_in_at        INTEGER NOT NULL,
    available_at        INTEGER NOT NULL,
    ranked_at           INTEGER NOT NULL,
    lost_at             INTEGER NOT NULL,
    told_at             INTEGER NOT NULL,
    missed_offer        INTEGER NOT NULL,
    missed_conversation TEXT NOT NULL,
    missed_at           INTEGER NOT NULL,
    signed_out_by       TEXT NOT NULL,
    PRIMARY KEY (org, id),
    FOREIGN KEY (org, id) REFERENCES users (org, id)
) STRICT, WITHOUT ROWID;

-- When each state of an agent began; it lasts until the next.
CREATE TABLE presences (
    org         TEXT NOT NULL,
    agent       TEXT NOT NULL,
    since       INTEGER NOT NULL,
    presence    TEXT NOT NULL,
    idle_reason TEXT NOT NULL,
    PRIMARY KEY (org, agent, since)
) STRICT, WITHOUT ROWID;

CREATE TABLE tasks (
    org           TEXT NOT NULL,
    id            INTEGER NOT NULL,
    conversation  TEXT NOT NULL,
    kind          TEXT NOT NULL CHECK (kind IN ('queue', 'transfer', 'conference')),
    state         TEXT NOT NULL CHECK (state IN ('waiting', 'offered', 'held', 'ended')),
    queue         TEXT NOT NULL,
    target        TEXT NOT NULL,
    sender        TEXT NOT NULL,
    origin        TEXT NOT NULL,
    except_agent  TEXT NOT NULL,
    waiting_since INTEGER NOT NULL,
    priority      INTEGER NOT NULL,
    entered_at    INTEGER NOT NULL,
    ended_at      INTEGER NOT NULL,
    cause         TEXT NOT NULL,
    PRIMARY KEY (org, id),
    FOREIGN KEY (org, conversation) REFERENCES conversations (org, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX tasks_open ON tasks (org) WHERE state <> 'ended';

CREATE TABLE offers (
    org          TEXT NOT NULL,
    id           INTEGER NOT NULL,
    task         INTEGER NOT NULL,
    conversation TEXT NOT NULL,
    agent        TEXT NOT NULL,
    slot         INTEGER NOT NULL,
    capacity     INTEGER NOT NULL,
    made_at      INTEGER NOT NULL,
    deadline     INTEGER NOT NULL,
    confirmed_at INTEGER NOT NULL,
    ending       TEXT NOT NULL CHECK (ending IN ('', 'accepted', 'missed', 'declined', 'withdrawn')),
    cause        TEXT NOT NULL,
    decline_with TEXT NOT NULL,
    ended_at     INTEGER NOT NULL,
    decision     TEXT NOT NULL,
    PRIMARY KEY (org, id),
    FOREIGN KEY (org, task) REFERENCES tasks (org, id),
    FOREIGN KEY (org, agent) REFERENCES users (org, id),
    CHECK (slot BETWEEN 1 AND capacity)
) STRICT, WITHOUT ROWID;
CREATE INDEX offers_missed ON offers (org, agent, made_at) WHERE ending = 'missed';
CREATE INDEX offers_open ON offers (org) WHERE ending = '';

CREATE TABLE parts (
    org             TEXT NOT NULL,
    id              INTEGER NOT NULL,
    task            INTEGER NOT NULL,
    conversation    TEXT NOT NULL,
    agent           TEXT NOT NULL,
    queue           TEXT NOT NULL,
    slot            INTEGER NOT NULL,
    capacity        INTEGER NOT NULL,
    role            TEXT NOT NULL CHECK (role IN ('owner', 'guest')),
    received_at     INTEGER NOT NULL,
    accepted_at     INTEGER NOT NULL,
    ended_at        INTEGER NOT NULL,
    end_cause       TEXT NOT NULL,
    wrapup_deadline INTEGER NOT NULL,
    submitted_at    INTEGER NOT NULL,
    reason          TEXT NOT NULL,
    automatic       INTEGER NOT NULL,
    PRIMARY KEY (org, id),
    FOREIGN KEY (org, task) REFERENCES tasks (org, id),
    FOREIGN KEY (org, agent) REFERENCES users (org, id),
    CHECK (slot BETWEEN 1 AND capacity)
) STRICT, WITHOUT ROWID;
-- A conversation has one owner.
CREATE UNIQUE INDEX parts_owner ON parts (org, conversation) WHERE role = 'owner' AND ended_at = 0;
CREATE INDEX parts_open ON parts (org, conversation) WHERE submitted_at = 0;
CREATE INDEX parts_agent ON parts (org, agent, submitted_at);
CREATE INDEX parts_conversation ON parts (org, conversation);

-- A task has one open offer or one holder: whoever has it has its row.
CREATE TABLE claims (
    org    TEXT NOT NULL,
    task   INTEGER NOT NULL,
    holder TEXT NOT NULL, -- 'offer/7' or 'part/12'
    PRIMARY KEY (org, task)
) STRICT, WITHOUT ROWID;

-- An agent has as many slots as their capacity was when the offer was made. An
-- offer takes one and its part keeps it until the wrap-up is submitted.
CREATE TABLE slots (
    org      TEXT NOT NULL,
    agent    TEXT NOT NULL,
    slot     INTEGER NOT NULL,
    capacity INTEGER NOT NULL,
    holder   TEXT NOT NULL,
    PRIMARY KEY (org, agent, slot),
    CHECK (slot BETWEEN 1 AND capacity)
) STRICT, WITHOUT ROWID;

-- ── what belongs to one user alone ──────────────────────────────────────────

CREATE TABLE preferences (
    org      TEXT NOT NULL,
    user_id  TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (org, user_id),
    FOREIGN KEY (org, user_id) REFERENCES users (org, id)
) STRICT, WITHOUT ROWID;

-- A draft lives as long as its writer's part. One without a text stays, so
-- that an older revision that comes late does not bring its text back.
CREATE TABLE drafts (
    org          TEXT NOT NULL,
    user_id      TEXT NOT NULL,
    conversation TEXT NOT NULL,
    revision     INTEGER NOT NULL,
    text         TEXT NOT NULL,
    at           INTEGER NOT NULL,
    PRIMARY KEY (org, user_id, conversation),
    FOREIGN KEY (org, user_id) REFERENCES users (org, id),
    FOREIGN KEY (org, conversation) REFERENCES conversations (org, id)
) STRICT, WITHOUT ROWID;

-- ── desks and answers ───────────────────────────────────────────────────────

CREATE TABLE feed_heads (
    org     TEXT NOT NULL,
    user_id TEXT NOT NULL,
    head    INTEGER NOT NULL,
    PRIMARY KEY (org, user_id),
    FOREIGN KEY (org, user_id) REFERENCES users (org, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE feed (
    org     TEXT NOT NULL,
    user_id TEXT NOT NULL,
    seq     INTEGER NOT NULL CHECK (seq > 0),
    at      INTEGER NOT NULL,
    kind    TEXT NOT NULL,
    data    TEXT NOT NULL,
    PRIMARY KEY (org, user_id, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE replies (
    org     TEXT NOT NULL,
    scope   TEXT NOT NULL,
    command TEXT NOT NULL,
    digest  BLOB NOT NULL,
    reply   TEXT NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (org, scope, command)
) STRICT, WITHOUT ROWID;
-- Replies of a conversation live as long as it; the others have an age.
CREATE INDEX replies_age ON replies (at) WHERE scope NOT GLOB 'conv_*';

-- +goose Down

DROP TABLE drafts;
DROP TABLE preferences;
DROP TABLE replies;
DROP TABLE feed;
DROP TABLE feed_heads;
DROP TABLE slots;
DROP TABLE claims;
DROP TABLE parts;
DROP TABLE offers;
DROP TABLE tasks;
DROP TABLE presences;
DROP TABLE floor_agents;
DROP TABLE messages;
DROP TABLE entries;
DROP TABLE participants;
DROP TABLE conversations;
DROP TABLE secrets;
DROP TABLE visitors;
DROP TABLE links;
DROP TABLE sessions;
DROP TABLE credentials;
DROP TABLE template_teams;
DROP TABLE profiles;
DROP TABLE templates;
DROP TABLE assets;
DROP TABLE queue_reasons;
DROP TABLE queue_teams;
DROP TABLE queues;
DROP TABLE reasons;
DROP TABLE user_teams;
DROP TABLE teams;
DROP TABLE users;
DROP TABLE organizations;
DROP TABLE clock;
