-- Exports that were asked for. The files are in a folder; the manifest is JSON as it was signed.

CREATE TABLE export.export (
    ledger_id        integer     NOT NULL,
    id               uuid        NOT NULL,
    kind             text        NOT NULL,
    format           text        NOT NULL,
    from_day         date        NOT NULL,
    to_day           date        NOT NULL,
    account          text        COLLATE "C",
    through_sequence bigint,
    state            text        NOT NULL CHECK (state IN ('running', 'finished', 'failed')),
    progress         integer     NOT NULL CHECK (progress BETWEEN 0 AND 100),
    manifest         text,
    failure          text,
    requested_by     text        NOT NULL,
    started_at       timestamptz NOT NULL,
    finished_at      timestamptz,
    PRIMARY KEY (ledger_id, id),
    CHECK ((state = 'running') = (finished_at IS NULL)),
    CHECK ((state = 'finished') = (manifest IS NOT NULL)),
    CHECK ((state = 'failed') = (failure IS NOT NULL))
);

GRANT SELECT, INSERT ON export.export TO ${app};
GRANT UPDATE (through_sequence, state, progress, manifest, failure, finished_at) ON export.export TO ${app};
