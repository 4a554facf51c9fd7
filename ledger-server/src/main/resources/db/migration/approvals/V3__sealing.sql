-- Which seal has which decision. A row is inserted with the proposal's end and marked once, by the
-- seal.

CREATE TABLE approvals.sealing (
    ledger_id integer NOT NULL,
    id        uuid    NOT NULL,
    seal      bigint,
    position  integer,
    PRIMARY KEY (ledger_id, id),
    UNIQUE (ledger_id, seal, position),
    CHECK ((seal IS NULL) = (position IS NULL))
);

CREATE INDEX sealing_waiting ON approvals.sealing (ledger_id, id) WHERE seal IS NULL;

-- What was decided before comes under the next seals.
INSERT INTO approvals.sealing (ledger_id, id)
SELECT ledger_id, id FROM approvals.approval WHERE state <> 'pending';

GRANT SELECT, INSERT ON approvals.sealing TO ${app};
GRANT UPDATE (seal, position) ON approvals.sealing TO ${app};
