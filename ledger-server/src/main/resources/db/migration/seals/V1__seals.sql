-- Seals of each ledger; ledger_id 0 is the server itself (users, keys). Rows are added and never
-- changed; the application role cannot do otherwise.

CREATE TABLE seals.seal (
    ledger_id         integer     NOT NULL,
    number            bigint      NOT NULL CHECK (number > 0),
    version           smallint    NOT NULL,
    from_sequence     bigint      NOT NULL,
    through_sequence  bigint      NOT NULL,
    transactions      bigint      NOT NULL CHECK (transactions >= 0),
    entries           bigint      NOT NULL CHECK (entries >= 0),
    records           bigint      NOT NULL CHECK (records >= 0),
    transactions_root bytea       NOT NULL CHECK (length(transactions_root) = 32),
    records_root      bytea       NOT NULL CHECK (length(records_root) = 32),
    totals_root       bytea       NOT NULL CHECK (length(totals_root) = 32),
    previous          bytea       NOT NULL CHECK (length(previous) = 32),
    sealed_at         timestamptz NOT NULL,
    public_key        bytea       NOT NULL CHECK (length(public_key) = 32),
    signature         bytea       NOT NULL CHECK (length(signature) = 64),
    PRIMARY KEY (ledger_id, number),
    CHECK (through_sequence >= from_sequence - 1)
);

-- The leaves of each seal in their order, 57 bytes each: kind, number, id, hash. Nothing rests on
-- them: when a seal no longer fits what is stored, they tell which record differs.
CREATE TABLE seals.leaf_list (
    ledger_id integer NOT NULL,
    seal      bigint  NOT NULL,
    leaves    bytea   NOT NULL,
    PRIMARY KEY (ledger_id, seal)
);
ALTER TABLE seals.leaf_list ALTER COLUMN leaves SET STORAGE EXTERNAL;

CREATE TABLE seals.verification (
    ledger_id        integer     NOT NULL,
    id               uuid        NOT NULL,
    state            text        NOT NULL CHECK (state IN ('running', 'intact', 'broken')),
    progress         integer     NOT NULL CHECK (progress BETWEEN 0 AND 100),
    through_sequence bigint      NOT NULL,
    first_broken     text,
    requested_by     text        NOT NULL,
    started_at       timestamptz NOT NULL,
    finished_at      timestamptz,
    PRIMARY KEY (ledger_id, id),
    CHECK ((state = 'running') = (finished_at IS NULL)),
    CHECK ((state = 'broken') = (first_broken IS NOT NULL))
);

CREATE UNIQUE INDEX verification_one_runs ON seals.verification (ledger_id) WHERE state = 'running';

GRANT SELECT, INSERT ON seals.seal, seals.leaf_list, seals.verification TO ${app};
GRANT UPDATE (state, progress, through_sequence, first_broken, finished_at) ON seals.verification TO ${app};
