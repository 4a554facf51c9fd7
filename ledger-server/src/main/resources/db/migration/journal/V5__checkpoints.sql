-- Sums of entries up to a watermark, so that no balance adds up an account's whole past. They follow
-- from the entries and are disposable: the owner may at any time, under load,
--   TRUNCATE journal.checkpointed, journal.checkpoint, journal.checkpoint_days;
-- (in this order, which is that of their builder): no answer changes, and the servers build them
-- again.

-- An account when everything up to `through` was recorded. For each month that has entries, in
-- order: what all entries up to its end sum to, the highest sequence among them, and which row of
-- checkpoint_days has its days. A month that later entries do not touch keeps its row of days, so
-- entries for a day long ago cost one row of days and one of these, and not one per day since.
CREATE TABLE journal.checkpoint (
    ledger_id        integer     NOT NULL,
    account_id       uuid        NOT NULL,
    through          bigint      NOT NULL,
    -- The latest recorded_at that is in.
    recorded_through timestamptz NOT NULL,
    -- Year * 12 + month - 1.
    months           integer[]   NOT NULL,
    posted           numeric[]   NOT NULL,
    taken            numeric[]   NOT NULL,
    sequences        bigint[]    NOT NULL,
    days_through     bigint[]    NOT NULL,
    PRIMARY KEY (ledger_id, account_id, through)
) WITH (toast_tuple_target = 8160);

-- The days of one month, in order: what the month's entries up to each day's end sum to.
CREATE TABLE journal.checkpoint_days (
    ledger_id  integer   NOT NULL,
    account_id uuid      NOT NULL,
    month      integer   NOT NULL,
    through    bigint    NOT NULL,
    -- Days since 1970-01-01.
    days       integer[] NOT NULL,
    posted     numeric[] NOT NULL,
    taken      numeric[] NOT NULL,
    sequences  bigint[]  NOT NULL,
    PRIMARY KEY (ledger_id, account_id, month, through)
);

-- How far the builder has come; never past a watermark.
CREATE TABLE journal.checkpointed (
    ledger_id integer NOT NULL,
    through   bigint  NOT NULL,
    PRIMARY KEY (ledger_id, through)
);

-- An account's statement is read by day.
CREATE INDEX entry_by_day ON journal.entry (ledger_id, account_id, effective_on, sequence);

GRANT SELECT, INSERT ON journal.checkpoint, journal.checkpoint_days, journal.checkpointed TO ${app};
