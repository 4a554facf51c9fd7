-- Ledgers and their charts of accounts.

CREATE TABLE accounts.ledger (
    ledger_id  integer     NOT NULL PRIMARY KEY CHECK (ledger_id > 0),
    code       text        NOT NULL UNIQUE CHECK (code ~ '^[a-z0-9][a-z0-9-]{0,63}$'),
    name       text        NOT NULL,
    time_zone  text        NOT NULL,
    created_at timestamptz NOT NULL
);

INSERT INTO accounts.ledger (ledger_id, code, name, time_zone, created_at)
VALUES (1, 'main', 'Main ledger', 'UTC', clock_timestamp());

CREATE TABLE accounts.account (
    ledger_id       integer     NOT NULL REFERENCES accounts.ledger (ledger_id),
    id              uuid        NOT NULL,
    code            text        COLLATE "C" NOT NULL,
    name            text        NOT NULL,
    type            text        NOT NULL CHECK (type IN ('ASSET', 'LIABILITY', 'EQUITY', 'REVENUE', 'EXPENSE')),
    currency        text        NOT NULL CHECK (length(currency) = 3),
    minimum_balance bigint,
    status          text        NOT NULL CHECK (status IN ('open', 'frozen', 'closed')),
    metadata        jsonb       NOT NULL,
    created_at      timestamptz NOT NULL,
    PRIMARY KEY (ledger_id, id),
    UNIQUE (ledger_id, code)
);

GRANT SELECT, INSERT ON accounts.ledger TO ${app};
-- UPDATE also to lock the row, which is how a floor is guarded.
GRANT SELECT, INSERT, UPDATE ON accounts.account TO ${app};
