-- Payments, their appended history, refunds, and what providers have called back with.

CREATE TABLE payments.payment (
    ledger_id          integer     NOT NULL,
    id                 uuid        NOT NULL,
    amount             bigint      NOT NULL CHECK (amount > 0),
    currency           text        NOT NULL CHECK (length(currency) = 3),
    merchant_account   text        COLLATE "C" NOT NULL,
    provider           text        NOT NULL,
    provider_key       text        COLLATE "C" NOT NULL,
    payment_method     text        NOT NULL,
    reference          text,
    description        text,
    metadata           jsonb       NOT NULL,
    saga_id            uuid        NOT NULL,
    created_by         text        NOT NULL,
    created_at         timestamptz NOT NULL,
    -- What follows is what the events make of it.
    state              text        NOT NULL CHECK (state IN ('created', 'submitted', 'succeeded', 'declined',
                                       'pending_confirmation', 'partially_refunded', 'refunded', 'reversed')),
    sends              integer     NOT NULL,
    sent_at            timestamptz,
    charged_at         timestamptz,
    provider_reference text,
    decline_code       text,
    posting_refused    text,
    resolution_proposed_by text,
    resolution_decided_by  text,
    refunded           bigint      NOT NULL CHECK (refunded BETWEEN 0 AND amount),
    checks             integer     NOT NULL,
    next_check_at      timestamptz,
    owner              text,
    transactions       jsonb       NOT NULL,
    updated_at         timestamptz NOT NULL,
    version            bigint      NOT NULL,
    PRIMARY KEY (ledger_id, id),
    UNIQUE (ledger_id, provider, provider_key)
);

CREATE INDEX payment_by_state ON payments.payment (ledger_id, state, id);
CREATE INDEX payment_by_amount ON payments.payment (ledger_id, amount, id);
CREATE INDEX payment_by_reference ON payments.payment (ledger_id, reference) WHERE reference IS NOT NULL;
CREATE INDEX payment_by_provider_reference ON payments.payment (ledger_id, provider_reference)
    WHERE provider_reference IS NOT NULL;

CREATE TABLE payments.event (
    ledger_id  integer     NOT NULL,
    payment_id uuid        NOT NULL,
    sequence   bigint      NOT NULL CHECK (sequence > 0),
    at         timestamptz NOT NULL,
    type       text        NOT NULL,
    from_state text,
    to_state   text,
    by         text        NOT NULL,
    detail     text,
    changed    jsonb       NOT NULL,
    PRIMARY KEY (ledger_id, payment_id, sequence),
    FOREIGN KEY (ledger_id, payment_id) REFERENCES payments.payment (ledger_id, id)
);

CREATE TABLE payments.refund (
    ledger_id          integer     NOT NULL,
    id                 uuid        NOT NULL,
    payment_id         uuid        NOT NULL,
    amount             bigint      NOT NULL CHECK (amount > 0),
    reason             text        NOT NULL,
    if_charged         boolean     NOT NULL,
    requested_by       text        NOT NULL,
    provider_key       text        COLLATE "C" NOT NULL,
    saga_id            uuid        NOT NULL,
    approval_id        uuid,
    created_at         timestamptz NOT NULL,
    state              text        NOT NULL CHECK (state IN ('pending_approval', 'submitted', 'succeeded',
                                       'declined', 'pending_confirmation')),
    hold_id            uuid,
    sent_at            timestamptz,
    provider_reference text,
    decline_code       text,
    checks             integer     NOT NULL,
    updated_at         timestamptz NOT NULL,
    version            bigint      NOT NULL,
    PRIMARY KEY (ledger_id, id),
    FOREIGN KEY (ledger_id, payment_id) REFERENCES payments.payment (ledger_id, id)
);

CREATE INDEX refund_by_payment ON payments.refund (ledger_id, payment_id, id);
CREATE INDEX refund_by_provider_key ON payments.refund (ledger_id, provider_key);

-- Genuine events of providers, each kept once. Parked until what they are about appears.
CREATE TABLE payments.provider_event (
    ledger_id    integer     NOT NULL,
    provider     text        NOT NULL,
    event_id     text        COLLATE "C" NOT NULL,
    provider_key text        COLLATE "C" NOT NULL,
    amount       bigint      NOT NULL,
    currency     text        NOT NULL,
    outcome      text        NOT NULL CHECK (outcome IN ('charged', 'refunded', 'declined')),
    detail       text        NOT NULL,
    occurred_at  timestamptz,
    received_at  timestamptz NOT NULL,
    parked       boolean     NOT NULL,
    PRIMARY KEY (ledger_id, provider, event_id)
);

CREATE INDEX provider_event_parked ON payments.provider_event (ledger_id, provider, provider_key) WHERE parked;

GRANT SELECT, INSERT, UPDATE ON payments.payment, payments.refund, payments.provider_event TO ${app};
GRANT SELECT, INSERT ON payments.event TO ${app};
