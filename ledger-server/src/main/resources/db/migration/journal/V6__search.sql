-- Where to look for what a list of transactions is asked for. Derived from the books up to a
-- watermark, a block of sequences at a time, and disposable: whoever deletes all rows of both tables
-- in one transaction loses nothing but time.

-- The blocks that are in, and the accounting days they span.
CREATE TABLE journal.search_block (
    ledger_id integer NOT NULL,
    block     integer NOT NULL,
    first_day date    NOT NULL,
    last_day  date    NOT NULL,
    PRIMARY KEY (ledger_id, block)
);

-- positions: which transactions of the block a term applies to, as SearchPositions writes them.
CREATE TABLE journal.search_posting (
    ledger_id integer NOT NULL,
    term      bigint  NOT NULL,
    block     integer NOT NULL,
    positions bytea   NOT NULL,
    PRIMARY KEY (ledger_id, term, block)
);

-- Bitmaps hardly compress, and are read often.
ALTER TABLE journal.search_posting ALTER COLUMN positions SET STORAGE EXTERNAL;

GRANT SELECT, INSERT ON journal.search_block, journal.search_posting TO ${app};
