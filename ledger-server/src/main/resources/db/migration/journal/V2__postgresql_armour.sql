-- Extra armour on PostgreSQL itself, also against its owner and against psql. The ledger's own logic
-- relies on none of it.

CREATE FUNCTION journal.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the journal is append-only: % on %.% is refused', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation', HINT = 'Post a reversal or an adjustment instead.';
END $$;

CREATE TRIGGER transaction_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal.transaction
    FOR EACH STATEMENT EXECUTE FUNCTION journal.refuse_change();
CREATE TRIGGER entry_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal.entry
    FOR EACH STATEMENT EXECUTE FUNCTION journal.refuse_change();

-- One pass over the rows of one INSERT: every transaction among them balances per currency and layer
-- set, and none of them existed before this statement with entries of its own.
CREATE FUNCTION journal.refuse_unbalanced() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    broken bigint;
BEGIN
    SELECT sequence INTO broken FROM added GROUP BY ledger_id, sequence, currency, layer > 0
        HAVING sum(amount) <> 0 LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'transaction % does not balance', broken USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    SELECT a.sequence INTO broken
        FROM (SELECT ledger_id, sequence, count(*) AS lines FROM added GROUP BY ledger_id, sequence) a
        WHERE a.lines < 2
           OR a.lines <> (SELECT count(*) FROM journal.entry e WHERE e.ledger_id = a.ledger_id AND e.sequence = a.sequence)
        LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'transaction % is not written whole by one INSERT', broken
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER entry_sets_balance AFTER INSERT ON journal.entry
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION journal.refuse_unbalanced();
