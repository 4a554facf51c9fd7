-- Verifications that payments are what their events make of them, as people asked for them.

CREATE TABLE payments.verification (
    ledger_id    integer     NOT NULL,
    id           uuid        NOT NULL,
    state        text        NOT NULL CHECK (state IN ('running', 'intact', 'broken')),
    checked      bigint      NOT NULL CHECK (checked >= 0),
    differing    bigint      NOT NULL CHECK (differing >= 0),
    differences  jsonb       NOT NULL,
    requested_by text        NOT NULL,
    started_at   timestamptz NOT NULL,
    finished_at  timestamptz,
    PRIMARY KEY (ledger_id, id),
    CHECK ((state = 'running') = (finished_at IS NULL)),
    CHECK (state <> 'intact' OR differing = 0),
    CHECK (state <> 'broken' OR differing > 0)
);

CREATE UNIQUE INDEX verification_one_runs ON payments.verification (ledger_id) WHERE state = 'running';

GRANT SELECT, INSERT ON payments.verification TO ${app};
GRANT UPDATE (state, checked, differing, differences, finished_at) ON payments.verification TO ${app};
