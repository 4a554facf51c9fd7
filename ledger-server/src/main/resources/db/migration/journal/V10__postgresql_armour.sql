-- As in V2, without a look-up per transaction: whoever numbers the lines of an INSERT from 1 without
-- a gap meets the primary key when the transaction had lines before.

CREATE OR REPLACE FUNCTION journal.refuse_unbalanced() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    broken bigint;
BEGIN
    SELECT sequence INTO broken FROM added GROUP BY ledger_id, sequence, currency, layer > 0
        HAVING sum(amount) <> 0 LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'transaction % does not balance', broken USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    SELECT sequence INTO broken FROM added GROUP BY ledger_id, sequence
        HAVING count(*) < 2 OR min(line) <> 1 OR max(line) <> count(*) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'transaction % is not written whole by one INSERT', broken
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
