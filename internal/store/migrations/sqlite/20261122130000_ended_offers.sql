-- Why a conversation was offered where it was is asked by conversation. An
-- offer comes into this index once, when it ends: what is open is in memory.

-- +goose Up
CREATE INDEX offers_ended ON offers (org, conversation) WHERE ending <> '';

-- +goose Down
DROP INDEX offers_ended;
