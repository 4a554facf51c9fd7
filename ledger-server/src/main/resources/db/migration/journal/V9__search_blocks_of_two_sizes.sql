-- The search index in two sizes: small blocks are taken in soon, and a large one takes the place of
-- its small ones as soon as it is final, so that a rare thing is found in few rows. What was in the
-- index before is built anew.
DROP TABLE journal.search_posting;
DROP TABLE journal.search_block;

-- The blocks that are in, by size and number, and the accounting days they span.
CREATE TABLE journal.search_block (
    ledger_id integer NOT NULL,
    size      integer NOT NULL CHECK (size IN (8192, 65536)),
    number    integer NOT NULL,
    first_day date    NOT NULL,
    last_day  date    NOT NULL,
    PRIMARY KEY (ledger_id, size, number)
);

-- Which transactions of a large block a term applies to, as SearchPositions or SearchAmounts writes
-- them. A term's blocks are neighbours.
CREATE TABLE journal.search_posting (
    ledger_id integer NOT NULL,
    term      bigint  NOT NULL,
    block     integer NOT NULL,
    positions bytea   NOT NULL,
    PRIMARY KEY (ledger_id, term, block)
);

-- The same of a small block. A block's terms are neighbours, and go together.
CREATE TABLE journal.search_recent (
    ledger_id integer NOT NULL,
    block     integer NOT NULL,
    term      bigint  NOT NULL,
    positions bytea   NOT NULL,
    PRIMARY KEY (ledger_id, block, term)
);

-- Bitmaps hardly compress, and are read often.
ALTER TABLE journal.search_posting ALTER COLUMN positions SET STORAGE EXTERNAL;
ALTER TABLE journal.search_recent ALTER COLUMN positions SET STORAGE EXTERNAL;

GRANT SELECT, INSERT ON journal.search_posting TO ${app};
GRANT SELECT, INSERT, DELETE ON journal.search_block, journal.search_recent TO ${app};
