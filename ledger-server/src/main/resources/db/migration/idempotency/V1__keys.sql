-- What a key was first used for, and the answer it got. A row without an answer belongs to a call
-- whose outcome is still open; its window starts when it gets its end.

CREATE TABLE idempotency.key (
    ledger_id    integer     NOT NULL,
    owner        uuid        NOT NULL,
    key          text        COLLATE "C" NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
    fingerprint  bytea       NOT NULL CHECK (length(fingerprint) = 32),
    subject      uuid,
    status       smallint,
    content_type text,
    body         bytea,
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz,
    PRIMARY KEY (ledger_id, owner, key),
    CHECK ((status IS NULL) = (body IS NULL))
);

CREATE INDEX key_by_subject ON idempotency.key (ledger_id, subject) WHERE subject IS NOT NULL;

GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency.key TO ${app};
