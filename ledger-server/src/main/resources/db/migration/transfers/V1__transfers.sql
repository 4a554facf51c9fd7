-- Transfers between ledgers. Each of the two ledgers keeps its own half, and no database transaction
-- writes both.

-- What has left a ledger.
CREATE TABLE transfers.departure (
    ledger_id      integer     NOT NULL,
    saga_id        uuid        NOT NULL,
    account        text        NOT NULL,
    to_ledger_id   integer     NOT NULL CHECK (to_ledger_id <> ledger_id),
    to_account     text        NOT NULL,
    minor_units    bigint      NOT NULL CHECK (minor_units > 0),
    currency       text        NOT NULL CHECK (length(currency) = 3),
    description    text        NOT NULL,
    requested_by   text        NOT NULL,
    created_at     timestamptz NOT NULL,
    transaction_id uuid,
    PRIMARY KEY (ledger_id, saga_id)
);

-- What has come of it in the other ledger: posted or refused, once and for all.
CREATE TABLE transfers.arrival (
    ledger_id      integer     NOT NULL,
    saga_id        uuid        NOT NULL,
    from_ledger_id integer     NOT NULL CHECK (from_ledger_id <> ledger_id),
    decided_at     timestamptz NOT NULL,
    transaction_id uuid,
    refusal        text,
    PRIMARY KEY (ledger_id, saga_id),
    CHECK (transaction_id IS NULL OR refusal IS NULL)
);

GRANT SELECT, INSERT, UPDATE ON transfers.departure, transfers.arrival TO ${app};
