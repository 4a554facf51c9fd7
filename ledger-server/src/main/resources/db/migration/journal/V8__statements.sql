-- An account's statement is read by day. An index by day would be written by every append (half as
-- much processor time again as an insert without it); segments are written with the checkpoints, off
-- the hot path.

-- What one slice of transactions added to one day of an account that got a checkpoint there: the
-- account's entries of that day are those from first_sequence to last_sequence that are of the day.
-- An account's segments and the entries above its newest checkpoint are all of its entries, and no
-- entry is in two segments: slices follow each other without a gap, because each starts once.
CREATE TABLE journal.checkpoint_segment (
    ledger_id      integer NOT NULL,
    account_id     uuid    NOT NULL,
    -- Since 1970-01-01.
    day            integer NOT NULL,
    through        bigint  NOT NULL,
    first_sequence bigint  NOT NULL,
    last_sequence  bigint  NOT NULL,
    entries        integer NOT NULL CHECK (entries > 0),
    PRIMARY KEY (ledger_id, account_id, day, through)
);

-- How far the builder has come, never past a watermark; instead of journal.checkpointed.
CREATE TABLE journal.checkpoint_slice (
    ledger_id integer NOT NULL,
    after     bigint  NOT NULL,
    through   bigint  NOT NULL CHECK (through > after),
    PRIMARY KEY (ledger_id, after)
);

-- To be built anew, with segments. From here on this is what drops them:
--   TRUNCATE journal.checkpoint_slice, journal.checkpoint, journal.checkpoint_days,
--     journal.checkpoint_segment;
TRUNCATE journal.checkpointed, journal.checkpoint, journal.checkpoint_days;
DROP TABLE journal.checkpointed;
DROP INDEX journal.entry_by_day;

GRANT SELECT, INSERT ON journal.checkpoint_segment, journal.checkpoint_slice TO ${app};
