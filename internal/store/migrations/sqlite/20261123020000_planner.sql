-- +goose Up

-- What SQLite's planner is told of the tables. Without it, it believes that one
-- organization has about ten rows in each, and reads all of them instead of
-- looking into an index that begins with the organization too: to find the parts
-- of one conversation it read every part there ever was. The figures are those
-- of a busy centre after a year, and are never measured: a plan that depended on
-- when it was made would be another one in every test. Each is the number of
-- rows, and then of those that agree in the first column, the first two, and so
-- on.
ANALYZE organizations; -- makes the table
DELETE FROM sqlite_stat1;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('users', 'users', '10000 10000 1'),
    ('users', 'users_email', '10000 1'),
    ('user_teams', 'user_teams', '20000 20000 2 1'),
    ('sessions', 'sessions', '20000 1'),
    ('sessions', 'sessions_user', '20000 20000 2'),
    ('visitors', 'visitors', '1000000 1'),
    ('conversations', 'sqlite_autoindex_conversations_1', '1000000 1000000 1'),
    ('conversations', 'conversations_open', '10000 10000 1 1'),
    ('conversations', 'conversations_customer', '1000000 1000000 4 1'),
    ('conversations', 'conversations_floor', '10000 10000'),
    ('participants', 'participants', '2000000 2000000 2 1'),
    ('participants', 'participants_owner', '10000 10000 1'),
    ('attachments', 'attachments', '500000 500000 1'),
    ('attachments', 'sqlite_autoindex_attachments_3', '500000 500000 2 2 1'),
    ('attachments', 'attachments_unsent', '1000 1'),
    ('audit', 'audit', '1000000 1000000 1'),
    ('audit', 'audit_actor', '1000000 1000000 10000 1'),
    ('audit', 'audit_act', '1000000 1000000 50000 1'),
    ('audit', 'audit_object', '1000000 1000000 100 1'),
    ('entries', 'entries', '30000000 30000000 30 25 1'),
    ('messages', 'messages', '20000000 20000000 20 1'),
    ('floor_agents', 'floor_agents', '10000 10000 1'),
    ('presences', 'presences', '1000000 1000000 1000 1'),
    ('tasks', 'tasks', '1000000 1000000 1'),
    ('tasks', 'tasks_open', '10000 10000'),
    ('offers', 'offers', '1000000 1000000 1'),
    ('offers', 'offers_missed', '50000 50000 50 1'),
    ('offers', 'offers_open', '5000 5000'),
    ('offers', 'offers_ended', '1000000 1000000 1'),
    ('parts', 'parts', '1000000 1000000 1'),
    ('parts', 'parts_owner', '10000 10000 1'),
    ('parts', 'parts_open', '15000 15000 1'),
    ('parts', 'parts_agent', '1000000 1000000 1000 1'),
    ('parts', 'parts_conversation', '1000000 1000000 1'),
    ('claims', 'claims', '15000 15000 1'),
    ('slots', 'slots', '15000 15000 2 1'),
    ('drafts', 'drafts', '10000 10000 2 1'),
    ('feed', 'feed', '1000000 1000000 1000 1'),
    ('feed_heads', 'feed_heads', '10000 10000 1'),
    ('replies', 'replies', '5000000 5000000 5 1'),
    ('replies', 'replies_age', '100000 1');
ANALYZE sqlite_schema; -- has it read again

-- +goose Down

DELETE FROM sqlite_stat1;
