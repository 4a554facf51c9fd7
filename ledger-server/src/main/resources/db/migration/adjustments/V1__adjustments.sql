-- Adjustments by the proposals that carry them. What is posted is in the proposal's content, and
-- afterwards in the journal; here is only where to find both.

CREATE TABLE adjustments.adjustment (
    ledger_id      integer     NOT NULL,
    id             uuid        NOT NULL,
    approval_id    uuid        NOT NULL,
    state          text        NOT NULL CHECK (state IN ('pending_approval', 'approved', 'rejected', 'withdrawn',
                                   'expired', 'superseded')),
    reason         text        NOT NULL,
    description    text        NOT NULL,
    effective_on   date        NOT NULL,
    entries        text        NOT NULL,
    relates_type   text,
    relates_id     text,
    proposed_by    text        NOT NULL,
    proposed_at    timestamptz NOT NULL,
    transaction_id uuid,
    PRIMARY KEY (ledger_id, id),
    UNIQUE (ledger_id, approval_id),
    CHECK ((state = 'approved') = (transaction_id IS NOT NULL)),
    CHECK ((relates_type IS NULL) = (relates_id IS NULL))
);

GRANT SELECT, INSERT ON adjustments.adjustment TO ${app};
GRANT UPDATE (state, transaction_id) ON adjustments.adjustment TO ${app};
