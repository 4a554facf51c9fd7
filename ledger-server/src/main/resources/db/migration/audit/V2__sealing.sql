-- Which seal has which record. A row is inserted with its record and marked once, by the seal.

CREATE TABLE audit.sealing (
    ledger_id integer NOT NULL,
    id        uuid    NOT NULL,
    seal      bigint,
    position  integer,
    PRIMARY KEY (ledger_id, id),
    UNIQUE (ledger_id, seal, position),
    CHECK ((seal IS NULL) = (position IS NULL))
);

CREATE INDEX sealing_waiting ON audit.sealing (ledger_id, id) WHERE seal IS NULL;

-- What was there before comes under the next seals.
INSERT INTO audit.sealing (ledger_id, id) SELECT ledger_id, id FROM audit.record;

GRANT SELECT, INSERT ON audit.sealing TO ${app};
GRANT UPDATE (seal, position) ON audit.sealing TO ${app};
