-- Exceptions about payments: no source is involved, and each payment has one of a category at most.

ALTER TABLE reconciliation.exception_case ALTER COLUMN source DROP NOT NULL;
ALTER TABLE reconciliation.exception_case ADD COLUMN payment uuid;
ALTER TABLE reconciliation.exception_case ADD CHECK (source IS NOT NULL OR payment IS NOT NULL);

CREATE UNIQUE INDEX exception_by_payment ON reconciliation.exception_case (ledger_id, payment, category)
    WHERE payment IS NOT NULL;
