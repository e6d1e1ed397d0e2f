-- What a conversation asks of whoever takes it, beside its queue and its asset: by
-- the answers of its customer, and by what their site has signed.

-- +goose Up
ALTER TABLE conversations ADD COLUMN requires TEXT NOT NULL DEFAULT '[]';

-- +goose Down
ALTER TABLE conversations DROP COLUMN requires;
