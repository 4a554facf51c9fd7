-- Which seal has which event. A row is inserted with its event and marked once, by the seal.

CREATE TABLE payments.event_sealing (
    ledger_id  integer NOT NULL,
    payment_id uuid    NOT NULL,
    sequence   bigint  NOT NULL,
    seal       bigint,
    position   integer,
    PRIMARY KEY (ledger_id, payment_id, sequence),
    UNIQUE (ledger_id, seal, position),
    CHECK ((seal IS NULL) = (position IS NULL))
);

CREATE INDEX event_sealing_waiting ON payments.event_sealing (ledger_id, payment_id, sequence) WHERE seal IS NULL;

-- What was there before comes under the next seals.
INSERT INTO payments.event_sealing (ledger_id, payment_id, sequence)
SELECT ledger_id, payment_id, sequence FROM payments.event;

GRANT SELECT, INSERT ON payments.event_sealing TO ${app};
GRANT UPDATE (seal, position) ON payments.event_sealing TO ${app};
