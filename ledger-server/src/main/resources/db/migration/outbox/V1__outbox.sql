-- What happened and is to be told outside. Rows are claimed and marked by whoever delivers them.

CREATE TABLE outbox.event (
    ledger_id   integer     NOT NULL,
    id          uuid        NOT NULL,
    type        text        NOT NULL,
    subject     text        NOT NULL,
    data        jsonb       NOT NULL,
    occurred_at timestamptz NOT NULL,
    PRIMARY KEY (ledger_id, id)
);

GRANT SELECT, INSERT ON outbox.event TO ${app};
