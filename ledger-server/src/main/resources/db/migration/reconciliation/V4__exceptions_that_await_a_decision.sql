-- The proposal that an exception awaits.

ALTER TABLE reconciliation.exception_case ADD COLUMN approval_id uuid;
ALTER TABLE reconciliation.exception_case ADD CHECK ((state = 'awaiting_approval') = (approval_id IS NOT NULL));
