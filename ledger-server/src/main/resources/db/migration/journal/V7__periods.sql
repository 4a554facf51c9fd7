-- Which months are closed. They close in order and reopen in the opposite order, so the closed ones
-- are always all months from one to another, or none. Each change adds a row with what holds from
-- then on; the one with the highest number holds now. Months are named by their first day.
CREATE TABLE journal.period_change (
    ledger_id      integer     NOT NULL,
    number         integer     NOT NULL CHECK (number > 0),
    period         date        NOT NULL,
    state          text        NOT NULL CHECK (state IN ('open', 'closed')),
    closed_from    date,
    closed_through date,
    changed_at     timestamptz NOT NULL,
    changed_by     text        NOT NULL,
    PRIMARY KEY (ledger_id, number),
    CHECK ((closed_from IS NULL) = (closed_through IS NULL)),
    CHECK (closed_from <= closed_through)
);

GRANT SELECT, INSERT ON journal.period_change TO ${app};
