-- What was done, by whom, and when. A record is written with what it is about
-- and never again: the schema refuses to change one or to take one out. Whoever
-- does it nevertheless breaks the chain of hashes, which "hiwar audit verify"
-- finds; that the last records are missing is found by the count beside them.

-- +goose Up
CREATE TABLE audit (
    org     TEXT NOT NULL REFERENCES organizations (org),
    n       INTEGER NOT NULL CHECK (n > 0),
    at      INTEGER NOT NULL,
    actor   TEXT NOT NULL,
    address TEXT NOT NULL,
    act     TEXT NOT NULL,
    object  TEXT NOT NULL,
    detail  TEXT NOT NULL,
    hash    BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (org, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX audit_actor ON audit (org, actor, n);
CREATE INDEX audit_act ON audit (org, act, n);
CREATE INDEX audit_object ON audit (org, object, n);

CREATE TABLE audit_heads (
    org  TEXT NOT NULL PRIMARY KEY REFERENCES organizations (org),
    n    INTEGER NOT NULL,
    hash BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- +goose StatementBegin
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit BEGIN
    SELECT raise(ABORT, 'a record of the audit log is not changed');
END;
-- +goose StatementEnd

-- A REPLACE deletes without the trigger below.
-- +goose StatementBegin
CREATE TRIGGER audit_grows_at_its_end BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE org = new.org AND n >= new.n) BEGIN
    SELECT raise(ABORT, 'a record of the audit log is not replaced');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit BEGIN
    SELECT raise(ABORT, 'a record of the audit log is not deleted');
END;
-- +goose StatementEnd

-- +goose Down
DROP TABLE audit_heads;
DROP TABLE audit;
