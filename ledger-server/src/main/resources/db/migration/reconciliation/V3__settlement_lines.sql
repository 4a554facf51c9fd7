-- What acquirers say about a line: gross − fee = amount (net), unless the statement is quarantined for
-- it. payout names the payout that a line belongs to, or, where it settles a payout, is.

ALTER TABLE reconciliation.line ADD COLUMN settles text
    CHECK (settles IN ('charge', 'refund', 'chargeback', 'fee', 'payout', 'adjustment'));
ALTER TABLE reconciliation.line ADD COLUMN gross bigint;
ALTER TABLE reconciliation.line ADD COLUMN fee bigint;
ALTER TABLE reconciliation.line ADD COLUMN payout text;
ALTER TABLE reconciliation.line ADD CHECK ((settles IS NULL) = (gross IS NULL)
    AND (settles IS NULL) = (fee IS NULL) AND (settles IS NOT NULL OR payout IS NULL));

CREATE INDEX line_by_payout ON reconciliation.line (ledger_id, source_account, payout)
    WHERE payout IS NOT NULL;

-- The last day that a statement tells about; of those that were read before it is the closing day.
ALTER TABLE reconciliation.statement ADD COLUMN covered_through date;
