-- How far each saga has come, and the appended log of what its steps did.

CREATE TABLE sagas.saga (
    ledger_id       integer     NOT NULL,
    id              uuid        NOT NULL,
    kind            text        NOT NULL,
    state           text        NOT NULL CHECK (state IN ('running', 'stuck', 'done', 'undone')),
    subject_type    text        NOT NULL,
    subject_id      text        NOT NULL,
    step            smallint    NOT NULL,
    backward        boolean     NOT NULL,
    attempts        integer     NOT NULL,
    failures        integer     NOT NULL,
    last_error      text,
    next_attempt_at timestamptz,
    version         bigint      NOT NULL,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    PRIMARY KEY (ledger_id, id)
);

CREATE INDEX saga_by_state ON sagas.saga (ledger_id, state, id);

CREATE TABLE sagas.step_log (
    ledger_id integer     NOT NULL,
    saga_id   uuid        NOT NULL,
    version   bigint      NOT NULL,
    line      smallint    NOT NULL,
    step      text        NOT NULL,
    event     text        NOT NULL CHECK (event IN ('done', 'refused', 'undone', 'failed', 'stuck', 'retried')),
    attempts  integer     NOT NULL,
    detail    text,
    logged_at timestamptz NOT NULL,
    PRIMARY KEY (ledger_id, saga_id, version, line),
    FOREIGN KEY (ledger_id, saga_id) REFERENCES sagas.saga (ledger_id, id)
);

GRANT SELECT, INSERT, UPDATE ON sagas.saga TO ${app};
GRANT SELECT, INSERT ON sagas.step_log TO ${app};
