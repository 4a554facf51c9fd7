-- Who did what. Rows are added and never changed; the application role cannot do otherwise.
-- ledger_id 0 is the server itself. before_state and after_state hold JSON as it was written, so that
-- its bytes can be sealed.

CREATE TABLE audit.record (
    ledger_id      integer     NOT NULL,
    id             uuid        NOT NULL,
    at             timestamptz NOT NULL,
    actor_id       uuid        NOT NULL,
    actor          text        NOT NULL,
    actor_kind     text        NOT NULL CHECK (actor_kind IN ('PERSON', 'CLIENT', 'SYSTEM')),
    credential     uuid        NOT NULL,
    address        text,
    action         text        NOT NULL,
    object_type    text        NOT NULL,
    object_id      text        NOT NULL,
    before_state   text,
    after_state    text,
    correlation_id text,
    PRIMARY KEY (ledger_id, id)
);

CREATE INDEX record_by_object ON audit.record (ledger_id, object_id, id);
CREATE INDEX record_by_time ON audit.record (ledger_id, at, id);

GRANT SELECT, INSERT ON audit.record TO ${app};
