-- Proposals and their decisions, kept for ever. ledger_id 0 is the server itself (changes of users).
-- content and pins are canonical JSON; content_hash is the SHA-256 of content, in hexadecimal.

CREATE TABLE approvals.approval (
    ledger_id    integer     NOT NULL,
    id           uuid        NOT NULL,
    kind         text        NOT NULL CHECK (kind IN ('adjustment', 'reversal', 'payment_resolution', 'refund',
                                 'write_off', 'dismissal', 'statement_release', 'period_reopen', 'user_change')),
    state        text        NOT NULL CHECK (state IN ('pending', 'approved', 'rejected', 'withdrawn', 'expired',
                                 'superseded')),
    proposer_id  uuid        NOT NULL,
    proposer     text        COLLATE "C" NOT NULL,
    proposed_at  timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    reason       text,
    content      text        NOT NULL,
    content_hash text        NOT NULL CHECK (content_hash ~ '^[0-9a-f]{64}$'),
    pins         text        NOT NULL,
    impact       text        NOT NULL,
    target       text        COLLATE "C",
    relates_type text,
    relates_id   text,
    decider_id   uuid,
    decider      text,
    decided_at   timestamptz,
    comment      text,
    result_type  text,
    result_id    text,
    PRIMARY KEY (ledger_id, id),
    -- Nobody decides what they proposed, whatever the code above this says.
    CONSTRAINT decided_by_another CHECK (decider_id <> proposer_id),
    CONSTRAINT decision_names_its_decider CHECK ((state IN ('approved', 'rejected')) = (decider_id IS NOT NULL)),
    CONSTRAINT decider_has_a_name CHECK ((decider_id IS NULL) = (decider IS NULL)),
    CONSTRAINT pending_is_undecided CHECK ((state = 'pending') = (decided_at IS NULL)),
    CONSTRAINT only_approved_has_a_result CHECK ((state = 'approved') = (result_id IS NOT NULL)),
    CHECK ((relates_type IS NULL) = (relates_id IS NULL)),
    CHECK ((result_type IS NULL) = (result_id IS NULL))
);

-- Two proposals that would collide are not pending at once.
CREATE UNIQUE INDEX one_pending_per_target ON approvals.approval (ledger_id, kind, target)
    WHERE state = 'pending' AND target IS NOT NULL;
CREATE INDEX approval_pending ON approvals.approval (ledger_id, expires_at) WHERE state = 'pending';

GRANT SELECT, INSERT ON approvals.approval TO ${app};
-- What was proposed never changes, only what becomes of it.
GRANT UPDATE (state, decider_id, decider, decided_at, comment, impact, result_type, result_id)
    ON approvals.approval TO ${app};
