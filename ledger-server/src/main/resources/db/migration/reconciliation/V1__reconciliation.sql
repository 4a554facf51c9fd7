-- Sources of statements, what they said, and what it was matched with.

-- version counts what changes the input of a run: a run that computed on an older one starts again.
CREATE TABLE reconciliation.source (
    ledger_id       integer     NOT NULL,
    code            text        COLLATE "C" NOT NULL,
    name            text        NOT NULL,
    kind            text        NOT NULL CHECK (kind IN ('bank', 'acquirer')),
    settlement_days integer     NOT NULL CHECK (settlement_days BETWEEN 0 AND 60),
    calendar        text        NOT NULL CHECK (calendar IN ('WEEKDAYS', 'TARGET', 'US', 'UK')),
    time_zone       text        NOT NULL,
    cut_off         text        NOT NULL,
    format          text,
    folder          text,
    schedule        text,
    next_fetch_at   timestamptz,
    version         bigint      NOT NULL,
    created_at      timestamptz NOT NULL,
    PRIMARY KEY (ledger_id, code)
);

-- bank_account: null until learned from the first statement.
-- mirrored_through: every posted entry of the account up to this sequence is in entry.
CREATE TABLE reconciliation.source_account (
    ledger_id        integer NOT NULL,
    id               uuid    NOT NULL,
    source           text    COLLATE "C" NOT NULL,
    position         integer NOT NULL,
    currency         text    NOT NULL CHECK (length(currency) = 3),
    ledger_account   text    COLLATE "C" NOT NULL,
    books_account    uuid    NOT NULL,
    bank_account     text,
    mirrored_through bigint  NOT NULL,
    PRIMARY KEY (ledger_id, id),
    UNIQUE (ledger_id, source, ledger_account),
    FOREIGN KEY (ledger_id, source) REFERENCES reconciliation.source (ledger_id, code)
);

CREATE TABLE reconciliation.statement_import (
    ledger_id   integer     NOT NULL,
    id          uuid        NOT NULL,
    source      text        COLLATE "C" NOT NULL,
    file_name   text,
    state       text        NOT NULL CHECK (state IN ('reading', 'done', 'unreadable')),
    size        bigint      NOT NULL,
    progress    integer     NOT NULL CHECK (progress BETWEEN 0 AND 100),
    problem     jsonb,
    received_at timestamptz NOT NULL,
    received_by text        NOT NULL,
    PRIMARY KEY (ledger_id, id)
);

-- A file too large to be read while its sender waits; gone once it is read.
CREATE TABLE reconciliation.import_chunk (
    ledger_id integer NOT NULL,
    import_id uuid    NOT NULL,
    number    integer NOT NULL,
    content   bytea   NOT NULL,
    PRIMARY KEY (ledger_id, import_id, number)
);

-- content_hash: what the statement says, without what the bank calls it.
CREATE TABLE reconciliation.statement (
    ledger_id      integer     NOT NULL,
    id             uuid        NOT NULL,
    import_id      uuid        NOT NULL,
    position       integer     NOT NULL,
    source         text        COLLATE "C" NOT NULL,
    source_account uuid,
    format         text        NOT NULL,
    bank_account   text,
    number         text,
    currency       text        NOT NULL,
    line_count     integer     NOT NULL,
    opening        bigint,
    opening_on     date,
    closing        bigint,
    closing_on     date,
    state          text        NOT NULL CHECK (state IN ('accepted', 'quarantined', 'duplicate')),
    problems       jsonb       NOT NULL,
    content_hash   text        NOT NULL,
    duplicate_of   uuid,
    received_at    timestamptz NOT NULL,
    PRIMARY KEY (ledger_id, id)
);

CREATE UNIQUE INDEX statement_once ON reconciliation.statement (ledger_id, source, content_hash)
    WHERE state <> 'duplicate';
CREATE INDEX statement_by_import ON reconciliation.statement (ledger_id, import_id, position);
CREATE INDEX statement_by_chain ON reconciliation.statement (ledger_id, source_account, closing_on)
    WHERE state = 'accepted';

-- A line counts when its statement is accepted and no line before said the same: identity is its
-- content, occurrence tells truly identical lines of one file apart. same_as names the line that a
-- later, overlapping statement repeats.
CREATE TABLE reconciliation.line (
    ledger_id       integer NOT NULL,
    id              uuid    NOT NULL,
    statement_id    uuid    NOT NULL,
    number          integer NOT NULL,
    source_account  uuid,
    value_date      date,
    value_date_text text,
    booked_on       date,
    amount          bigint  NOT NULL,
    currency        text    NOT NULL,
    refs            text[]  NOT NULL,
    text            text    NOT NULL,
    identity        text    NOT NULL,
    occurrence      integer NOT NULL,
    counted         boolean NOT NULL,
    same_as         uuid,
    state           text    NOT NULL CHECK (state IN ('unmatched', 'awaiting', 'matched', 'excepted')),
    dismissed       boolean NOT NULL,
    PRIMARY KEY (ledger_id, id),
    CHECK (NOT counted OR (source_account IS NOT NULL AND same_as IS NULL))
);

CREATE INDEX line_by_statement ON reconciliation.line (ledger_id, statement_id, number);
CREATE UNIQUE INDEX line_once ON reconciliation.line (ledger_id, source_account, identity, occurrence) WHERE counted;
CREATE INDEX line_unexplained ON reconciliation.line (ledger_id, source_account) WHERE counted AND state <> 'matched';

-- The other side: what each transaction moved on a source's account, copied from the journal.
CREATE TABLE reconciliation.entry (
    ledger_id      integer     NOT NULL,
    source_account uuid        NOT NULL,
    transaction_id uuid        NOT NULL,
    sequence       bigint      NOT NULL,
    amount         bigint      NOT NULL,
    currency       text        NOT NULL,
    reference      text,
    refs           text[]      NOT NULL,
    description    text        NOT NULL,
    effective_on   date        NOT NULL,
    recorded_at    timestamptz NOT NULL,
    reverses       uuid,
    state          text        NOT NULL CHECK (state IN ('unmatched', 'awaiting', 'matched', 'excepted')),
    dismissed      boolean     NOT NULL,
    PRIMARY KEY (ledger_id, source_account, transaction_id)
);

CREATE INDEX entry_unexplained ON reconciliation.entry (ledger_id, source_account, sequence) WHERE state <> 'matched';
CREATE INDEX entry_by_transaction ON reconciliation.entry (ledger_id, transaction_id);

CREATE TABLE reconciliation.run (
    ledger_id   integer     NOT NULL,
    id          uuid        NOT NULL,
    source      text        COLLATE "C" NOT NULL,
    through     date,
    fetches     boolean     NOT NULL,
    state       text        NOT NULL CHECK (state IN ('running', 'finished', 'failed')),
    progress    integer     NOT NULL CHECK (progress BETWEEN 0 AND 100),
    lines       integer     NOT NULL,
    matched     integer     NOT NULL,
    awaiting    integer     NOT NULL,
    exceptions  integer     NOT NULL,
    started_at  timestamptz NOT NULL,
    finished_at timestamptz,
    PRIMARY KEY (ledger_id, id)
);

CREATE TABLE reconciliation.match (
    ledger_id      integer     NOT NULL,
    id             uuid        NOT NULL,
    source         text        COLLATE "C" NOT NULL,
    source_account uuid        NOT NULL,
    rule           text        NOT NULL,
    reason         text        NOT NULL,
    matched_by     text        NOT NULL,
    matched_at     timestamptz NOT NULL,
    undone_at      timestamptz,
    undone_by      text,
    undone_reason  text,
    PRIMARY KEY (ledger_id, id)
);

-- What a match puts together; kept when it is undone.
CREATE TABLE reconciliation.match_item (
    ledger_id integer NOT NULL,
    match_id  uuid    NOT NULL,
    item      uuid    NOT NULL,
    kind      text    NOT NULL CHECK (kind IN ('line', 'transaction')),
    PRIMARY KEY (ledger_id, match_id, item)
);

CREATE INDEX match_by_item ON reconciliation.match_item (ledger_id, item);

-- That a line, and a transaction on an account of the books, is explained once is held by these keys.
CREATE TABLE reconciliation.line_claim (
    ledger_id integer NOT NULL,
    line_id   uuid    NOT NULL,
    match_id  uuid    NOT NULL,
    PRIMARY KEY (ledger_id, line_id)
);

CREATE TABLE reconciliation.transaction_claim (
    ledger_id      integer NOT NULL,
    books_account  uuid    NOT NULL,
    transaction_id uuid    NOT NULL,
    match_id       uuid    NOT NULL,
    PRIMARY KEY (ledger_id, books_account, transaction_id)
);

-- References and amounts that are matched, to tell a duplicate from something missing.
CREATE TABLE reconciliation.settled (
    ledger_id      integer NOT NULL,
    source_account uuid    NOT NULL,
    key            text    COLLATE "C" NOT NULL,
    amount         bigint  NOT NULL,
    match_id       uuid    NOT NULL,
    booked_on      date    NOT NULL,
    PRIMARY KEY (ledger_id, source_account, key, amount, match_id)
);

-- subject: the line, the transaction on an account, or the account that this is about.
CREATE TABLE reconciliation.exception_case (
    ledger_id      integer     NOT NULL,
    id             uuid        NOT NULL,
    subject        text        NOT NULL,
    category       text        NOT NULL,
    state          text        NOT NULL CHECK (state IN ('open', 'assigned', 'awaiting_approval', 'resolved')),
    source         text        COLLATE "C" NOT NULL,
    source_account uuid,
    amount         bigint,
    currency       text,
    difference     bigint,
    opened_at      timestamptz NOT NULL,
    due_at         timestamptz NOT NULL,
    assignee       text,
    candidates     jsonb       NOT NULL,
    words          text        NOT NULL,
    version        bigint      NOT NULL,
    resolution     jsonb,
    PRIMARY KEY (ledger_id, id),
    CHECK ((state = 'assigned') <= (assignee IS NOT NULL)),
    CHECK ((state = 'resolved') = (resolution IS NOT NULL))
);

CREATE UNIQUE INDEX exception_once ON reconciliation.exception_case (ledger_id, subject) WHERE state <> 'resolved';
CREATE INDEX exception_by_age ON reconciliation.exception_case (ledger_id, state, opened_at, id);
CREATE INDEX exception_by_source ON reconciliation.exception_case (ledger_id, source) WHERE state <> 'resolved';

CREATE TABLE reconciliation.exception_item (
    ledger_id integer NOT NULL,
    case_id   uuid    NOT NULL,
    item      uuid    NOT NULL,
    kind      text    NOT NULL CHECK (kind IN ('line', 'transaction')),
    PRIMARY KEY (ledger_id, case_id, item)
);

CREATE INDEX exception_by_item ON reconciliation.exception_item (ledger_id, item);

CREATE TABLE reconciliation.exception_event (
    ledger_id  integer     NOT NULL,
    case_id    uuid        NOT NULL,
    number     bigint      NOT NULL,
    at         timestamptz NOT NULL,
    by         text        NOT NULL,
    type       text        NOT NULL,
    from_state text,
    to_state   text,
    detail     text,
    PRIMARY KEY (ledger_id, case_id, number)
);

CREATE TABLE reconciliation.exception_comment (
    ledger_id integer     NOT NULL,
    case_id   uuid        NOT NULL,
    number    bigint      NOT NULL,
    at        timestamptz NOT NULL,
    by        text        NOT NULL,
    text      text        NOT NULL,
    PRIMARY KEY (ledger_id, case_id, number)
);

-- Files taken from folders, by content: none is read twice.
CREATE TABLE reconciliation.fetched_file (
    ledger_id  integer     NOT NULL,
    source     text        COLLATE "C" NOT NULL,
    sha256     text        NOT NULL,
    name       text        NOT NULL,
    fetched_at timestamptz NOT NULL,
    import_id  uuid,
    problem    text,
    PRIMARY KEY (ledger_id, source, sha256)
);

GRANT SELECT, INSERT, UPDATE ON reconciliation.source, reconciliation.source_account,
    reconciliation.statement_import, reconciliation.statement, reconciliation.entry, reconciliation.run, reconciliation.match, reconciliation.exception_case TO ${app};
GRANT SELECT, INSERT, UPDATE, DELETE ON reconciliation.line TO ${app};
GRANT SELECT, INSERT, DELETE ON reconciliation.import_chunk, reconciliation.line_claim,
    reconciliation.transaction_claim, reconciliation.settled, reconciliation.exception_item TO ${app};
GRANT SELECT, INSERT ON reconciliation.match_item, reconciliation.exception_event,
    reconciliation.exception_comment, reconciliation.fetched_file TO ${app};
