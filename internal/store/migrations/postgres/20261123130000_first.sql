-- The schema for PostgreSQL: the same tables, columns and refusals as the
-- migrations for SQLite together. Every later migration has a twin in both
-- folders, and a test compares what they lead to. The rules are the same too:
--
-- * The key starts with the organization: no query reaches across two of them.
--   In the two tables that grow with every message the organization and the
--   conversation are numbers.
-- * Times are microseconds since 1970 in UTC, flags are 0 and 1, and lists and
--   settings that nobody searches are JSON in a text: what a program reads is the
--   same from both databases, byte by byte.
-- * Texts are compared byte by byte, whatever the database's own order is.
-- * What must never happen is forbidden here, once more.

-- +goose Up

-- The last moment that anything was committed: time never goes back behind it.
-- It is the latest of several rows, of which a process writes one: two processes
-- that commit at once do not wait for each other here.
CREATE TABLE clock (
    one BIGINT NOT NULL PRIMARY KEY CHECK (one BETWEEN 1 AND 64),
    now BIGINT NOT NULL
) WITH (fillfactor = 70);

-- ── what administrators set up ───────────────────────────────────────────────

CREATE TABLE organizations (
    org            TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    n              BIGINT NOT NULL UNIQUE,
    name_en        TEXT COLLATE "C" NOT NULL,
    name_ar        TEXT COLLATE "C" NOT NULL,
    language       TEXT COLLATE "C" NOT NULL,
    time_zone      TEXT COLLATE "C" NOT NULL,
    settings       TEXT COLLATE "C" NOT NULL,
    version        BIGINT NOT NULL,
    config_version BIGINT NOT NULL,
    last_task      BIGINT NOT NULL DEFAULT 0,
    last_offer     BIGINT NOT NULL DEFAULT 0,
    last_part      BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE users (
    org           TEXT COLLATE "C" NOT NULL REFERENCES organizations (org),
    id            TEXT COLLATE "C" NOT NULL,
    name          TEXT COLLATE "C" NOT NULL,
    email         TEXT COLLATE "C" NOT NULL,
    roles         TEXT COLLATE "C" NOT NULL,
    capacity      BIGINT NOT NULL,
    answer_factor DOUBLE PRECISION NOT NULL,
    profile       TEXT COLLATE "C" NOT NULL,
    language      TEXT COLLATE "C" NOT NULL,
    disabled      BIGINT NOT NULL,
    version       BIGINT NOT NULL,
    exclusive     TEXT COLLATE "C" NOT NULL DEFAULT '',
    skills        TEXT COLLATE "C" NOT NULL DEFAULT '',
    PRIMARY KEY (org, id)
);
CREATE UNIQUE INDEX users_email ON users (email) WHERE email <> '';

CREATE TABLE teams (
    org       TEXT COLLATE "C" NOT NULL REFERENCES organizations (org),
    id        TEXT COLLATE "C" NOT NULL,
    name_en   TEXT COLLATE "C" NOT NULL,
    name_ar   TEXT COLLATE "C" NOT NULL,
    version   BIGINT NOT NULL,
    capacity  BIGINT NOT NULL DEFAULT 0,
    exclusive TEXT COLLATE "C" NOT NULL DEFAULT '',
    PRIMARY KEY (org, id)
);

CREATE TABLE user_teams (
    org      TEXT COLLATE "C" NOT NULL,
    user_id  TEXT COLLATE "C" NOT NULL,
    team     TEXT COLLATE "C" NOT NULL,
    position BIGINT NOT NULL,
    PRIMARY KEY (org, user_id, team),
    FOREIGN KEY (org, user_id) REFERENCES users (org, id),
    FOREIGN KEY (org, team) REFERENCES teams (org, id)
);

CREATE TABLE reasons (
    org      TEXT COLLATE "C" NOT NULL REFERENCES organizations (org),
    id       TEXT COLLATE "C" NOT NULL,
    kind     TEXT COLLATE "C" NOT NULL CHECK (kind IN ('wrapup', 'idle')),
    name_en  TEXT COLLATE "C" NOT NULL,
    name_ar  TEXT COLLATE "C" NOT NULL,
    position BIGINT NOT NULL,
    archived BIGINT NOT NULL,
    version  BIGINT NOT NULL,
    PRIMARY KEY (org, id)
);

CREATE TABLE queues (
    org                TEXT COLLATE "C" NOT NULL REFERENCES organizations (org),
    id                 TEXT COLLATE "C" NOT NULL,
    name_en            TEXT COLLATE "C" NOT NULL,
    name_ar            TEXT COLLATE "C" NOT NULL,
    priority           BIGINT NOT NULL,
    rona               BIGINT NOT NULL, -- nanoseconds
    on_unanswered      TEXT COLLATE "C" NOT NULL,
    transfers_join_end BIGINT NOT NULL,
    wrapup_required    BIGINT NOT NULL,
    wrapup_auto        BIGINT NOT NULL, -- nanoseconds
    wrapup_default     TEXT COLLATE "C" NOT NULL,
    archived           BIGINT NOT NULL,
    version            BIGINT NOT NULL,
    wider              TEXT COLLATE "C" NOT NULL DEFAULT '',
    rule               TEXT COLLATE "C" NOT NULL DEFAULT '',
    requires           TEXT COLLATE "C" NOT NULL DEFAULT '',
    language_level     BIGINT NOT NULL DEFAULT 0,
    language_relax     BIGINT NOT NULL DEFAULT 0,
    per_agent          BIGINT NOT NULL DEFAULT 0,
    sticky             BIGINT NOT NULL DEFAULT 0,
    manual_pick        BIGINT NOT NULL DEFAULT 0,
    limits             TEXT COLLATE "C" NOT NULL DEFAULT '{}',
    PRIMARY KEY (org, id)
);

CREATE TABLE queue_teams (
    org      TEXT COLLATE "C" NOT NULL,
    queue    TEXT COLLATE "C" NOT NULL,
    team     TEXT COLLATE "C" NOT NULL,
    position BIGINT NOT NULL,
    PRIMARY KEY (org, queue, team),
    FOREIGN KEY (org, queue) REFERENCES queues (org, id),
    FOREIGN KEY (org, team) REFERENCES teams (org, id)
);

CREATE TABLE queue_reasons (
    org      TEXT COLLATE "C" NOT NULL,
    queue    TEXT COLLATE "C" NOT NULL,
    reason   TEXT COLLATE "C" NOT NULL,
    position BIGINT NOT NULL,
    PRIMARY KEY (org, queue, reason),
    FOREIGN KEY (org, queue) REFERENCES queues (org, id),
    FOREIGN KEY (org, reason) REFERENCES reasons (org, id)
);

CREATE TABLE assets (
    org               TEXT COLLATE "C" NOT NULL REFERENCES organizations (org),
    id                TEXT COLLATE "C" NOT NULL,
    key               TEXT COLLATE "C" NOT NULL UNIQUE,
    name_en           TEXT COLLATE "C" NOT NULL,
    name_ar           TEXT COLLATE "C" NOT NULL,
    queue             TEXT COLLATE "C" NOT NULL,
    origins           TEXT COLLATE "C" NOT NULL,
    languages         TEXT COLLATE "C" NOT NULL,
    language          TEXT COLLATE "C" NOT NULL,
    color             TEXT COLLATE "C" NOT NULL,
    deleted           BIGINT NOT NULL,
    version           BIGINT NOT NULL,
    requires          TEXT COLLATE "C" NOT NULL DEFAULT '',
    priority          BIGINT NOT NULL DEFAULT 0,
    form              TEXT COLLATE "C" NOT NULL DEFAULT '{}',
    attachments       TEXT COLLATE "C" NOT NULL DEFAULT '{}',
    identity_required BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (org, id),
    FOREIGN KEY (org, queue) REFERENCES queues (org, id)
);

CREATE TABLE templates (
    org      TEXT COLLATE "C" NOT NULL REFERENCES organizations (org),
    id       TEXT COLLATE "C" NOT NULL,
    name_en  TEXT COLLATE "C" NOT NULL,
    name_ar  TEXT COLLATE "C" NOT NULL,
    group_en TEXT COLLATE "C" NOT NULL,
    group_ar TEXT COLLATE "C" NOT NULL,
    text_en  TEXT COLLATE "C" NOT NULL,
    text_ar  TEXT COLLATE "C" NOT NULL,
    starts   BIGINT NOT NULL,
    follows  BIGINT NOT NULL,
    ends     BIGINT NOT NULL,
    position BIGINT NOT NULL,
    archived BIGINT NOT NULL,
    version  BIGINT NOT NULL,
    PRIMARY KEY (org, id)
);

CREATE TABLE profiles (
    org            TEXT COLLATE "C" NOT NULL REFERENCES organizations (org),
    id             TEXT COLLATE "C" NOT NULL,
    name_en        TEXT COLLATE "C" NOT NULL,
    name_ar        TEXT COLLATE "C" NOT NULL,
    queues         TEXT COLLATE "C" NOT NULL,
    teams          TEXT COLLATE "C" NOT NULL,
    idle_reasons   TEXT COLLATE "C" NOT NULL,
    wrapup_reasons TEXT COLLATE "C" NOT NULL,
    templates      TEXT COLLATE "C" NOT NULL,
    wrapup_auto    BIGINT NOT NULL, -- nanoseconds
    version        BIGINT NOT NULL,
    PRIMARY KEY (org, id)
);

CREATE TABLE template_teams (
    org      TEXT COLLATE "C" NOT NULL,
    template TEXT COLLATE "C" NOT NULL,
    team     TEXT COLLATE "C" NOT NULL,
    position BIGINT NOT NULL,
    PRIMARY KEY (org, template, team),
    FOREIGN KEY (org, template) REFERENCES templates (org, id),
    FOREIGN KEY (org, team) REFERENCES teams (org, id)
);

-- ── who may sign in ──────────────────────────────────────────────────────────

CREATE TABLE credentials (
    org      TEXT COLLATE "C" NOT NULL,
    user_id  TEXT COLLATE "C" NOT NULL,
    password TEXT COLLATE "C" NOT NULL, -- argon2id, PHC form
    PRIMARY KEY (org, user_id),
    FOREIGN KEY (org, user_id) REFERENCES users (org, id)
);

CREATE TABLE sessions (
    digest     BYTEA NOT NULL PRIMARY KEY, -- of the secret, which is nowhere
    org        TEXT COLLATE "C" NOT NULL,
    user_id    TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at    BIGINT NOT NULL,
    user_agent TEXT COLLATE "C" NOT NULL,
    proven_at  BIGINT NOT NULL DEFAULT 0,
    limited    BIGINT NOT NULL DEFAULT 0,
    FOREIGN KEY (org, user_id) REFERENCES users (org, id)
);
CREATE INDEX sessions_user ON sessions (org, user_id);

CREATE TABLE links (
    kind    TEXT COLLATE "C" NOT NULL,
    digest  BYTEA NOT NULL,
    org     TEXT COLLATE "C" NOT NULL,
    user_id TEXT COLLATE "C" NOT NULL,
    expires BIGINT NOT NULL,
    PRIMARY KEY (kind, digest)
);

CREATE TABLE visitors (
    digest       BYTEA NOT NULL PRIMARY KEY,
    org          TEXT COLLATE "C" NOT NULL,
    asset        TEXT COLLATE "C" NOT NULL,
    customer     TEXT COLLATE "C" NOT NULL,
    conversation TEXT COLLATE "C" NOT NULL,
    created_at   BIGINT NOT NULL,
    proven       BIGINT NOT NULL DEFAULT 0,
    expires      BIGINT NOT NULL DEFAULT 0,
    signed       TEXT COLLATE "C" NOT NULL DEFAULT '{}',
    FOREIGN KEY (org, asset) REFERENCES assets (org, id)
);
CREATE INDEX visitors_customer ON visitors (org, customer);
CREATE INDEX visitors_expires ON visitors (expires) WHERE expires > 0;

CREATE TABLE secrets (
    name  TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    value BYTEA NOT NULL
);

-- ── conversations: what was said ─────────────────────────────────────────────

-- One row per conversation: what was said in it and who has it change together.
-- The personal fields are here and nowhere else, so that they can be erased.
-- Most changes touch no column that an index looks at: the room left in each
-- page lets them stay in it and leave the indexes alone.
CREATE TABLE conversations (
    n                BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    org              TEXT COLLATE "C" NOT NULL REFERENCES organizations (org),
    id               TEXT COLLATE "C" NOT NULL,
    asset            TEXT COLLATE "C" NOT NULL,
    customer         TEXT COLLATE "C" NOT NULL,
    customer_name    TEXT COLLATE "C" NOT NULL,
    email            TEXT COLLATE "C" NOT NULL,
    language         TEXT COLLATE "C" NOT NULL,
    page             TEXT COLLATE "C" NOT NULL,
    about            TEXT COLLATE "C" NOT NULL,
    started_at       BIGINT NOT NULL,
    status           TEXT COLLATE "C" NOT NULL CHECK (status IN ('waiting', 'open', 'interrupted', 'closed')),
    cause            TEXT COLLATE "C" NOT NULL,
    closed_at        BIGINT NOT NULL,
    -- The heads move only by "SET head = ? WHERE head = ?": nothing is
    -- numbered twice and no number is left out.
    head             BIGINT NOT NULL CHECK (head >= 0),
    staff_head       BIGINT NOT NULL CHECK (staff_head >= 0),
    -- The floor's share; waiting_since is 0 until the floor has seen it.
    queue            TEXT COLLATE "C" NOT NULL DEFAULT '',
    priority         BIGINT NOT NULL DEFAULT 0,
    waiting_since    BIGINT NOT NULL DEFAULT 0,
    interrupted      BIGINT NOT NULL DEFAULT 0,
    answered_at      BIGINT NOT NULL DEFAULT 0,
    customer_lost_at BIGINT NOT NULL DEFAULT 0,
    away             BIGINT NOT NULL DEFAULT 0,
    spoke_at         BIGINT NOT NULL DEFAULT 0,
    agent_spoke_last BIGINT NOT NULL DEFAULT 0,
    warned_at        BIGINT NOT NULL DEFAULT 0,
    returned         BIGINT NOT NULL DEFAULT 0,
    ended_at         BIGINT NOT NULL DEFAULT 0,
    ended_by         TEXT COLLATE "C" NOT NULL DEFAULT '',
    left_message     BIGINT NOT NULL DEFAULT 0,
    verified         BIGINT NOT NULL DEFAULT 0,
    erased_at        BIGINT NOT NULL DEFAULT 0,
    UNIQUE (org, id),
    FOREIGN KEY (org, asset) REFERENCES assets (org, id),
    CHECK ((status = 'closed') = (closed_at > 0))
) WITH (fillfactor = 70);
-- A customer has one open conversation per asset.
CREATE UNIQUE INDEX conversations_open ON conversations (org, customer, asset) WHERE closed_at = 0;
CREATE INDEX conversations_customer ON conversations (org, customer, started_at);
CREATE INDEX conversations_floor ON conversations (org) WHERE waiting_since > 0 AND ended_at = 0;
CREATE INDEX conversations_email ON conversations (org, email) WHERE email <> '';
CREATE INDEX conversations_phone ON conversations (org, (about::json ->> 'phone')) WHERE (about::json ->> 'phone') <> '';
-- What a queue's retention will remove, oldest first.
CREATE INDEX conversations_ended ON conversations (org, queue, closed_at) WHERE closed_at > 0 AND erased_at = 0;

CREATE TABLE participants (
    org          TEXT COLLATE "C" NOT NULL,
    conversation TEXT COLLATE "C" NOT NULL,
    number       BIGINT NOT NULL,
    role         TEXT COLLATE "C" NOT NULL CHECK (role IN ('customer', 'agent')),
    user_id      TEXT COLLATE "C" NOT NULL,
    name         TEXT COLLATE "C" NOT NULL, -- of agents; the customer's is the conversation's
    owner        BIGINT NOT NULL,
    joined_at    BIGINT NOT NULL,
    left_at      BIGINT NOT NULL,
    left_seq     BIGINT NOT NULL,
    delivered    BIGINT NOT NULL,
    seen         BIGINT NOT NULL,
    PRIMARY KEY (org, conversation, number),
    FOREIGN KEY (org, conversation) REFERENCES conversations (org, id),
    CHECK (seen <= delivered)
) WITH (fillfactor = 70);
-- The second wall of "one owner".
CREATE UNIQUE INDEX participants_owner ON participants (org, conversation) WHERE owner = 1;

-- The log of both topics. It holds no text that people wrote.
CREATE TABLE entries (
    org          BIGINT NOT NULL,
    conversation BIGINT NOT NULL,
    topic        BIGINT NOT NULL CHECK (topic IN (0, 1)), -- 0 is the customer's, 1 the staff's
    seq          BIGINT NOT NULL CHECK (seq > 0),
    at           BIGINT NOT NULL,
    kind         TEXT COLLATE "C" NOT NULL,
    by_number    BIGINT NOT NULL,
    client_id    TEXT COLLATE "C" NOT NULL, -- of a message or note: where its text is found
    data         TEXT COLLATE "C" NOT NULL, -- the other fields as JSON, '' where there are none
    PRIMARY KEY (org, conversation, topic, seq)
);

-- The texts of messages and notes, apart from the log so that they can be
-- erased. A client id is used once in the life of the conversation.
CREATE TABLE messages (
    org          BIGINT NOT NULL,
    conversation BIGINT NOT NULL,
    client_id    TEXT COLLATE "C" NOT NULL CHECK (client_id <> ''),
    topic        BIGINT NOT NULL,
    seq          BIGINT NOT NULL,
    digest       BYTEA NOT NULL,
    text         TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (org, conversation, client_id)
);

-- ── the floor: who has what ──────────────────────────────────────────────────

CREATE TABLE floor_agents (
    org                 TEXT COLLATE "C" NOT NULL,
    id                  TEXT COLLATE "C" NOT NULL,
    presence            TEXT COLLATE "C" NOT NULL,
    idle_reason         TEXT COLLATE "C" NOT NULL,
    since               BIGINT NOT NULL,
    set_by              TEXT COLLATE "C" NOT NULL,
    signed_in_at        BIGINT NOT NULL,
    available_at        BIGINT NOT NULL,
    ranked_at           BIGINT NOT NULL,
    lost_at             BIGINT NOT NULL,
    told_at             BIGINT NOT NULL,
    missed_offer        BIGINT NOT NULL,
    missed_conversation TEXT COLLATE "C" NOT NULL,
    missed_at           BIGINT NOT NULL,
    signed_out_by       TEXT COLLATE "C" NOT NULL,
    last_offer          BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (org, id),
    FOREIGN KEY (org, id) REFERENCES users (org, id)
);

-- When each state of an agent began; it lasts until the next.
CREATE TABLE presences (
    org         TEXT COLLATE "C" NOT NULL,
    agent       TEXT COLLATE "C" NOT NULL,
    since       BIGINT NOT NULL,
    presence    TEXT COLLATE "C" NOT NULL,
    idle_reason TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (org, agent, since)
);

CREATE TABLE tasks (
    org           TEXT COLLATE "C" NOT NULL,
    id            BIGINT NOT NULL,
    conversation  TEXT COLLATE "C" NOT NULL,
    kind          TEXT COLLATE "C" NOT NULL CHECK (kind IN ('queue', 'transfer', 'conference')),
    state         TEXT COLLATE "C" NOT NULL CHECK (state IN ('waiting', 'offered', 'held', 'ended')),
    queue         TEXT COLLATE "C" NOT NULL,
    target        TEXT COLLATE "C" NOT NULL,
    sender        TEXT COLLATE "C" NOT NULL,
    origin        TEXT COLLATE "C" NOT NULL,
    except_agent  TEXT COLLATE "C" NOT NULL,
    waiting_since BIGINT NOT NULL,
    priority      BIGINT NOT NULL,
    entered_at    BIGINT NOT NULL,
    ended_at      BIGINT NOT NULL,
    cause         TEXT COLLATE "C" NOT NULL,
    widened       BIGINT NOT NULL DEFAULT 0,
    relaxed       BIGINT NOT NULL DEFAULT 0,
    kept_for      TEXT COLLATE "C" NOT NULL DEFAULT '',
    nobody_since  BIGINT NOT NULL DEFAULT 0,
    left_message  BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (org, id),
    FOREIGN KEY (org, conversation) REFERENCES conversations (org, id)
);
CREATE INDEX tasks_open ON tasks (org) WHERE state <> 'ended';

CREATE TABLE offers (
    org          TEXT COLLATE "C" NOT NULL,
    id           BIGINT NOT NULL,
    task         BIGINT NOT NULL,
    conversation TEXT COLLATE "C" NOT NULL,
    agent        TEXT COLLATE "C" NOT NULL,
    slot         BIGINT NOT NULL,
    capacity     BIGINT NOT NULL,
    made_at      BIGINT NOT NULL,
    deadline     BIGINT NOT NULL,
    confirmed_at BIGINT NOT NULL,
    ending       TEXT COLLATE "C" NOT NULL CHECK (ending IN ('', 'accepted', 'missed', 'declined', 'withdrawn')),
    cause        TEXT COLLATE "C" NOT NULL,
    decline_with TEXT COLLATE "C" NOT NULL,
    ended_at     BIGINT NOT NULL,
    decision     TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (org, id),
    FOREIGN KEY (org, task) REFERENCES tasks (org, id),
    FOREIGN KEY (org, agent) REFERENCES users (org, id),
    CHECK (slot BETWEEN 1 AND capacity)
);
CREATE INDEX offers_missed ON offers (org, agent, made_at) WHERE ending = 'missed';
CREATE INDEX offers_open ON offers (org) WHERE ending = '';
CREATE INDEX offers_ended ON offers (org, conversation) WHERE ending <> '';

CREATE TABLE parts (
    org             TEXT COLLATE "C" NOT NULL,
    id              BIGINT NOT NULL,
    task            BIGINT NOT NULL,
    conversation    TEXT COLLATE "C" NOT NULL,
    agent           TEXT COLLATE "C" NOT NULL,
    queue           TEXT COLLATE "C" NOT NULL,
    slot            BIGINT NOT NULL,
    capacity        BIGINT NOT NULL,
    role            TEXT COLLATE "C" NOT NULL CHECK (role IN ('owner', 'guest')),
    received_at     BIGINT NOT NULL,
    accepted_at     BIGINT NOT NULL,
    ended_at        BIGINT NOT NULL,
    end_cause       TEXT COLLATE "C" NOT NULL,
    wrapup_deadline BIGINT NOT NULL,
    submitted_at    BIGINT NOT NULL,
    reason          TEXT COLLATE "C" NOT NULL,
    automatic       BIGINT NOT NULL,
    PRIMARY KEY (org, id),
    FOREIGN KEY (org, task) REFERENCES tasks (org, id),
    FOREIGN KEY (org, agent) REFERENCES users (org, id),
    CHECK (slot BETWEEN 1 AND capacity)
);
-- A conversation has one owner.
CREATE UNIQUE INDEX parts_owner ON parts (org, conversation) WHERE role = 'owner' AND ended_at = 0;
CREATE INDEX parts_open ON parts (org, conversation) WHERE submitted_at = 0;
CREATE INDEX parts_agent ON parts (org, agent, submitted_at);
CREATE INDEX parts_conversation ON parts (org, conversation);

-- A task has one open offer or one holder: whoever has it has its row.
CREATE TABLE claims (
    org    TEXT COLLATE "C" NOT NULL,
    task   BIGINT NOT NULL,
    holder TEXT COLLATE "C" NOT NULL, -- 'offer/7' or 'part/12'
    PRIMARY KEY (org, task)
);

-- An agent has as many slots as their capacity was when the offer was made. An
-- offer takes one and its part keeps it until the wrap-up is submitted.
CREATE TABLE slots (
    org      TEXT COLLATE "C" NOT NULL,
    agent    TEXT COLLATE "C" NOT NULL,
    slot     BIGINT NOT NULL,
    capacity BIGINT NOT NULL,
    holder   TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (org, agent, slot),
    CHECK (slot BETWEEN 1 AND capacity)
);

-- ── what belongs to one user alone ───────────────────────────────────────────

CREATE TABLE preferences (
    org      TEXT COLLATE "C" NOT NULL,
    user_id  TEXT COLLATE "C" NOT NULL,
    document TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (org, user_id),
    FOREIGN KEY (org, user_id) REFERENCES users (org, id)
);

-- A draft lives as long as its writer's part. One without a text stays, so
-- that an older revision that comes late does not bring its text back.
CREATE TABLE drafts (
    org          TEXT COLLATE "C" NOT NULL,
    user_id      TEXT COLLATE "C" NOT NULL,
    conversation TEXT COLLATE "C" NOT NULL,
    revision     BIGINT NOT NULL,
    text         TEXT COLLATE "C" NOT NULL,
    at           BIGINT NOT NULL,
    PRIMARY KEY (org, user_id, conversation),
    FOREIGN KEY (org, user_id) REFERENCES users (org, id),
    FOREIGN KEY (org, conversation) REFERENCES conversations (org, id)
);

-- ── desks and answers ────────────────────────────────────────────────────────

CREATE TABLE feed_heads (
    org     TEXT COLLATE "C" NOT NULL,
    user_id TEXT COLLATE "C" NOT NULL,
    head    BIGINT NOT NULL,
    PRIMARY KEY (org, user_id),
    FOREIGN KEY (org, user_id) REFERENCES users (org, id)
) WITH (fillfactor = 70);

CREATE TABLE feed (
    org     TEXT COLLATE "C" NOT NULL,
    user_id TEXT COLLATE "C" NOT NULL,
    seq     BIGINT NOT NULL CHECK (seq > 0),
    at      BIGINT NOT NULL,
    kind    TEXT COLLATE "C" NOT NULL,
    data    TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (org, user_id, seq)
);

CREATE TABLE replies (
    org     TEXT COLLATE "C" NOT NULL,
    scope   TEXT COLLATE "C" NOT NULL,
    command TEXT COLLATE "C" NOT NULL,
    digest  BYTEA NOT NULL,
    reply   TEXT COLLATE "C" NOT NULL,
    at      BIGINT NOT NULL,
    PRIMARY KEY (org, scope, command)
);
-- Replies of a conversation live as long as it; the others have an age.
CREATE INDEX replies_age ON replies (at) WHERE scope NOT LIKE 'conv\_%';

-- What agents can do and requests can require.
CREATE TABLE skills (
    org      TEXT COLLATE "C" NOT NULL REFERENCES organizations (org),
    id       TEXT COLLATE "C" NOT NULL,
    name_en  TEXT COLLATE "C" NOT NULL,
    name_ar  TEXT COLLATE "C" NOT NULL,
    kind     TEXT COLLATE "C" NOT NULL CHECK (kind IN ('proficiency', 'boolean', 'text', 'enum')),
    choices  TEXT COLLATE "C" NOT NULL,
    language TEXT COLLATE "C" NOT NULL,
    archived BIGINT NOT NULL,
    version  BIGINT NOT NULL,
    PRIMARY KEY (org, id)
);

CREATE TABLE hours (
    org      TEXT COLLATE "C" NOT NULL REFERENCES organizations (org),
    id       TEXT COLLATE "C" NOT NULL,
    name_en  TEXT COLLATE "C" NOT NULL,
    name_ar  TEXT COLLATE "C" NOT NULL,
    schedule TEXT COLLATE "C" NOT NULL, -- JSON
    version  BIGINT NOT NULL,
    PRIMARY KEY (org, id)
);

-- ── what came later ──────────────────────────────────────────────────────────

-- From which sites the widget of an asset is loaded: one row for each origin
-- that the asset allows.
CREATE TABLE asset_visits (
    org      TEXT COLLATE "C" NOT NULL,
    asset    TEXT COLLATE "C" NOT NULL,
    origin   TEXT COLLATE "C" NOT NULL,
    first_at BIGINT NOT NULL,
    last_at  BIGINT NOT NULL CHECK (last_at >= first_at),
    PRIMARY KEY (org, asset, origin),
    FOREIGN KEY (org, asset) REFERENCES assets (org, id)
);

-- Files that people send. Their bytes are beside the data, under the name in
-- blob; what is personal of them (the name) is here and nowhere else.
CREATE TABLE attachments (
    org          TEXT COLLATE "C" NOT NULL,
    id           TEXT COLLATE "C" NOT NULL,
    conversation TEXT COLLATE "C" NOT NULL,
    uploader     TEXT COLLATE "C" NOT NULL, -- a user; '' is the customer
    command      TEXT COLLATE "C" NOT NULL,
    digest       BYTEA NOT NULL,
    blob         TEXT COLLATE "C" NOT NULL UNIQUE,
    name         TEXT COLLATE "C" NOT NULL,
    type         TEXT COLLATE "C" NOT NULL,
    size         BIGINT NOT NULL CHECK (size > 0),
    width        BIGINT NOT NULL,
    height       BIGINT NOT NULL,
    at           BIGINT NOT NULL,
    -- The message it is in: set once, by the commit of the message.
    message      TEXT COLLATE "C" NOT NULL DEFAULT '',
    place        BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (org, id),
    UNIQUE (org, conversation, uploader, command),
    FOREIGN KEY (org, conversation) REFERENCES conversations (org, id)
);
CREATE INDEX attachments_unsent ON attachments (at) WHERE message = '';

-- What was done, by whom, and when. A record is written with what it is about
-- and never again: see the triggers.
CREATE TABLE audit (
    org     TEXT COLLATE "C" NOT NULL REFERENCES organizations (org),
    n       BIGINT NOT NULL CHECK (n > 0),
    at      BIGINT NOT NULL,
    actor   TEXT COLLATE "C" NOT NULL,
    address TEXT COLLATE "C" NOT NULL,
    act     TEXT COLLATE "C" NOT NULL,
    object  TEXT COLLATE "C" NOT NULL,
    detail  TEXT COLLATE "C" NOT NULL,
    hash    BYTEA NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (org, n)
);
CREATE INDEX audit_actor ON audit (org, actor, n);
CREATE INDEX audit_act ON audit (org, act, n);
CREATE INDEX audit_object ON audit (org, object, n);

CREATE TABLE audit_heads (
    org  TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES organizations (org),
    n    BIGINT NOT NULL,
    hash BYTEA NOT NULL
);

-- +goose StatementBegin
CREATE FUNCTION audit_is_not_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a record of the audit log is neither changed nor deleted' USING ERRCODE = 'integrity_constraint_violation';
END $$;
-- +goose StatementEnd
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON audit EXECUTE FUNCTION audit_is_not_changed();

-- +goose StatementBegin
CREATE FUNCTION audit_grows_at_its_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM audit WHERE org = new.org AND n >= new.n) THEN
        RAISE EXCEPTION 'a record of the audit log is not replaced' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN new;
END $$;
-- +goose StatementEnd
CREATE TRIGGER audit_grows_at_its_end BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION audit_grows_at_its_end();

-- The keys with which sites sign who their visitors are.
CREATE TABLE identity_keys (
    org        TEXT COLLATE "C" NOT NULL,
    asset      TEXT COLLATE "C" NOT NULL,
    id         TEXT COLLATE "C" NOT NULL,
    algorithm  TEXT COLLATE "C" NOT NULL CHECK (algorithm IN ('HS256', 'EdDSA', 'ES256')),
    material   BYTEA NOT NULL, -- the secret, or the public key
    created_at BIGINT NOT NULL,
    retired_at BIGINT NOT NULL,
    PRIMARY KEY (org, asset, id),
    FOREIGN KEY (org, asset) REFERENCES assets (org, id)
);

-- A site's person is one customer.
CREATE TABLE people (
    org        TEXT COLLATE "C" NOT NULL,
    asset      TEXT COLLATE "C" NOT NULL,
    subject    TEXT COLLATE "C" NOT NULL, -- the site's name of the person
    customer   TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (org, asset, subject),
    FOREIGN KEY (org, asset) REFERENCES assets (org, id)
);
CREATE UNIQUE INDEX people_customer ON people (org, customer);

-- Tokens that work once, until they would have ended by themselves.
CREATE TABLE identity_uses (
    org     TEXT COLLATE "C" NOT NULL,
    asset   TEXT COLLATE "C" NOT NULL,
    digest  BYTEA NOT NULL,
    expires BIGINT NOT NULL,
    PRIMARY KEY (org, asset, digest)
);

-- A second step of signing in.
CREATE TABLE factors (
    org          TEXT COLLATE "C" NOT NULL,
    user_id      TEXT COLLATE "C" NOT NULL,
    sealed       BYTEA NOT NULL, -- the secret; its key is not in the database
    confirmed_at BIGINT NOT NULL DEFAULT 0, -- 0: begun
    step         BIGINT NOT NULL DEFAULT 0, -- of the last code used
    PRIMARY KEY (org, user_id),
    FOREIGN KEY (org, user_id) REFERENCES users (org, id)
);

CREATE TABLE recovery_codes (
    org     TEXT COLLATE "C" NOT NULL,
    user_id TEXT COLLATE "C" NOT NULL,
    digest  BYTEA NOT NULL, -- of the code, which is nowhere
    PRIMARY KEY (org, user_id, digest),
    FOREIGN KEY (org, user_id) REFERENCES factors (org, user_id)
);

-- Who may not write: a customer, or whoever comes from a network. How the
-- customer is called is read from the conversation, so that erasing finds it.
CREATE TABLE blocks (
    org          TEXT COLLATE "C" NOT NULL REFERENCES organizations (org),
    id           TEXT COLLATE "C" NOT NULL,
    customer     TEXT COLLATE "C" NOT NULL,
    network      TEXT COLLATE "C" NOT NULL,
    conversation TEXT COLLATE "C" NOT NULL,
    reason       TEXT COLLATE "C" NOT NULL,
    by_user      TEXT COLLATE "C" NOT NULL,
    created_at   BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL, -- 0 is never
    PRIMARY KEY (org, id),
    CHECK ((customer = '') <> (network = ''))
);
CREATE UNIQUE INDEX blocks_subject ON blocks (org, customer, network);
CREATE INDEX blocks_expires ON blocks (expires_at) WHERE expires_at > 0;

-- What is neither erased nor removed by age until somebody lifts it.
CREATE TABLE holds (
    org     TEXT COLLATE "C" NOT NULL REFERENCES organizations (org),
    object  TEXT COLLATE "C" NOT NULL, -- a customer or a conversation
    reason  TEXT COLLATE "C" NOT NULL,
    user_id TEXT COLLATE "C" NOT NULL, -- who set it; '' is a command on the server
    at      BIGINT NOT NULL,
    PRIMARY KEY (org, object)
);

-- Keys that users' devices keep, by which they sign in without a password.
CREATE TABLE passkeys (
    org        TEXT COLLATE "C" NOT NULL,
    user_id    TEXT COLLATE "C" NOT NULL,
    id         TEXT COLLATE "C" NOT NULL,
    name       TEXT COLLATE "C" NOT NULL CHECK (name <> ''),
    credential BYTEA NOT NULL, -- what the device calls it
    key        BYTEA NOT NULL, -- the public one, as COSE
    count      BIGINT NOT NULL CHECK (count >= 0), -- of its uses, as the device counts
    shared     BIGINT NOT NULL, -- the user's other devices may have it too
    created_at BIGINT NOT NULL,
    used_at    BIGINT NOT NULL, -- 0: never
    copied_at  BIGINT NOT NULL, -- 0: never; else it lets nobody in
    PRIMARY KEY (org, user_id, id),
    FOREIGN KEY (org, user_id) REFERENCES users (org, id)
);
-- Whoever signs in with one says nothing else of who they are.
CREATE UNIQUE INDEX passkeys_credential ON passkeys (credential);

-- Other systems that say who somebody is, and whom they know as whom.
CREATE TABLE providers (
    org       TEXT COLLATE "C" NOT NULL REFERENCES organizations (org),
    id        TEXT COLLATE "C" NOT NULL,
    name_en   TEXT COLLATE "C" NOT NULL,
    name_ar   TEXT COLLATE "C" NOT NULL,
    issuer    TEXT COLLATE "C" NOT NULL,
    client_id TEXT COLLATE "C" NOT NULL,
    scopes    TEXT COLLATE "C" NOT NULL, -- JSON
    creates   BIGINT NOT NULL,
    ask_step  BIGINT NOT NULL,
    rules     TEXT COLLATE "C" NOT NULL, -- JSON
    archived  BIGINT NOT NULL,
    version   BIGINT NOT NULL,
    PRIMARY KEY (org, id)
);

-- What we show a provider. It is for the issuer that it was given for and for
-- no other that the provider's row may name later.
CREATE TABLE provider_secrets (
    org      TEXT COLLATE "C" NOT NULL,
    provider TEXT COLLATE "C" NOT NULL,
    issuer   TEXT COLLATE "C" NOT NULL,
    sealed   BYTEA NOT NULL, -- its key is not in the database
    PRIMARY KEY (org, provider),
    FOREIGN KEY (org, provider) REFERENCES providers (org, id)
);

-- Who is whom. One issuer knows a user under one name: an address that it gave
-- to somebody else is not the way into the account of who had it before.
CREATE TABLE linked_identities (
    org       TEXT COLLATE "C" NOT NULL,
    issuer    TEXT COLLATE "C" NOT NULL,
    subject   TEXT COLLATE "C" NOT NULL,
    user_id   TEXT COLLATE "C" NOT NULL,
    linked_at BIGINT NOT NULL,
    PRIMARY KEY (org, issuer, subject),
    UNIQUE (org, user_id, issuer),
    FOREIGN KEY (org, user_id) REFERENCES users (org, id)
);

-- +goose Down

DROP TABLE linked_identities;
DROP TABLE provider_secrets;
DROP TABLE providers;
DROP TABLE passkeys;
DROP TABLE holds;
DROP TABLE blocks;
DROP TABLE recovery_codes;
DROP TABLE factors;
DROP TABLE identity_uses;
DROP TABLE people;
DROP TABLE identity_keys;
DROP TABLE audit_heads;
DROP TABLE audit;
DROP TABLE attachments;
DROP TABLE asset_visits;
DROP TABLE hours;
DROP TABLE skills;
DROP TABLE replies;
DROP TABLE feed;
DROP TABLE feed_heads;
DROP TABLE drafts;
DROP TABLE preferences;
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
DROP FUNCTION audit_grows_at_its_end;
DROP FUNCTION audit_is_not_changed;
