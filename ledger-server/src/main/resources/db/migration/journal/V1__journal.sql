-- The books. Rows are added and never changed; the application role cannot do otherwise.

-- Appenders hold this in ROW SHARE mode from before their first sequence number to their commit;
-- a closer takes it in EXCLUSIVE mode for an instant. It never holds a row.
CREATE TABLE journal.gate (
    never smallint NOT NULL CHECK (false)
);

-- CACHE 1: a cached number could be handed out long after a higher one was sealed.
CREATE SEQUENCE journal.transaction_sequence AS bigint CACHE 1;

CREATE TABLE journal.transaction (
    ledger_id     integer     NOT NULL,
    sequence      bigint      NOT NULL,
    id            uuid        NOT NULL,
    kind          text        NOT NULL CHECK (kind IN ('transaction', 'transfer', 'hold', 'capture', 'release',
                                  'expiry', 'reversal', 'charge', 'refund', 'settlement', 'adjustment', 'write_off')),
    description   text        NOT NULL,
    reference     text        COLLATE "C",
    effective_on  date        NOT NULL,
    recorded_at   timestamptz NOT NULL,
    recorded_by   text        NOT NULL,
    reverses      uuid,
    relates_type  text,
    relates_id    text,
    proposed_by   text,
    decided_by    text,
    metadata      jsonb       NOT NULL,
    PRIMARY KEY (ledger_id, sequence),
    UNIQUE (ledger_id, id),
    CHECK ((relates_type IS NULL) = (relates_id IS NULL))
);

CREATE INDEX transaction_by_reference ON journal.transaction (ledger_id, reference, sequence) WHERE reference IS NOT NULL;
CREATE INDEX transaction_by_subject ON journal.transaction (ledger_id, relates_id, sequence) WHERE relates_id IS NOT NULL;

-- amount: minor units of the account's currency, debits positive, credits negative.
-- layer: 0 posted; 1 pending and taken from available; 2 pending and not yet available.
CREATE TABLE journal.entry (
    ledger_id    integer  NOT NULL,
    sequence     bigint   NOT NULL,
    line         smallint NOT NULL CHECK (line > 0),
    account_id   uuid     NOT NULL,
    layer        smallint NOT NULL CHECK (layer IN (0, 1, 2)),
    amount       bigint   NOT NULL CHECK (amount <> 0),
    currency     text     NOT NULL,
    effective_on date     NOT NULL,
    PRIMARY KEY (ledger_id, sequence, line)
);

CREATE INDEX entry_by_account ON journal.entry (ledger_id, account_id, sequence)
    INCLUDE (amount, layer, effective_on);

-- That a transaction is reversed once is held by this key.
CREATE TABLE journal.reversal (
    ledger_id   integer NOT NULL,
    reversed_id uuid    NOT NULL,
    reversal_id uuid    NOT NULL,
    PRIMARY KEY (ledger_id, reversed_id)
);

CREATE TABLE journal.hold (
    ledger_id    integer     NOT NULL,
    id           uuid        NOT NULL,
    from_account text        COLLATE "C" NOT NULL,
    to_account   text        COLLATE "C" NOT NULL,
    amount       bigint      NOT NULL CHECK (amount > 0),
    currency     text        NOT NULL,
    description  text        NOT NULL,
    opened_by    uuid        NOT NULL,
    PRIMARY KEY (ledger_id, id)
);

-- That a hold ends once, and in one way, is held by this key.
CREATE TABLE journal.hold_end (
    ledger_id integer NOT NULL,
    hold_id   uuid    NOT NULL,
    outcome   text    NOT NULL CHECK (outcome IN ('captured', 'released', 'expired')),
    captured  bigint  NOT NULL CHECK (captured >= 0),
    ended_by  uuid    NOT NULL,
    PRIMARY KEY (ledger_id, hold_id)
);

GRANT UPDATE ON journal.gate TO ${app};
GRANT USAGE ON SEQUENCE journal.transaction_sequence TO ${app};
GRANT SELECT, INSERT ON journal.transaction, journal.entry, journal.reversal, journal.hold, journal.hold_end TO ${app};
