-- Up to where the books are final: every number not above `sequence` is committed or gone, and what
-- is recorded later is recorded after `closed_at`.
--
-- One gate and one sequence serve all ledgers, yet the rows are a ledger's own, as all of its rows
-- are: a ledger at rest gets none, and one that moves to another node takes its past along. A
-- watermark's sequence is a number taken for it and used for nothing else, so no two are equal.
CREATE TABLE journal.watermark (
    ledger_id integer     NOT NULL,
    sequence  bigint      NOT NULL CHECK (sequence > 0),
    closed_at timestamptz NOT NULL,
    PRIMARY KEY (ledger_id, sequence),
    UNIQUE (ledger_id, closed_at)
);

GRANT SELECT, INSERT ON journal.watermark TO ${app};
-- To refuse a start on a sequence that is behind the books.
GRANT SELECT ON SEQUENCE journal.transaction_sequence TO ${app};
