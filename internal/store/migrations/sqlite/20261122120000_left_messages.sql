-- Customers can leave a message where nobody is there, and an asset says what
-- is asked of them before a chat.

-- +goose Up
ALTER TABLE conversations ADD COLUMN left_message INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tasks ADD COLUMN left_message INTEGER NOT NULL DEFAULT 0;
ALTER TABLE assets ADD COLUMN form TEXT NOT NULL DEFAULT '{}'; -- JSON

-- +goose Down
ALTER TABLE assets DROP COLUMN form;
ALTER TABLE tasks DROP COLUMN left_message;
ALTER TABLE conversations DROP COLUMN left_message;
