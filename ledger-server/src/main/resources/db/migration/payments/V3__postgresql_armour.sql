-- Extra armour on PostgreSQL itself, also against its owner and against psql: an event stays, and
-- what a seal has it keeps.

CREATE FUNCTION payments.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'events of payments are append-only: % on %.% is refused', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER event_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON payments.event
    FOR EACH STATEMENT EXECUTE FUNCTION payments.refuse_change();
CREATE TRIGGER event_sealing_is_kept BEFORE DELETE OR TRUNCATE ON payments.event_sealing
    FOR EACH STATEMENT EXECUTE FUNCTION payments.refuse_change();
CREATE TRIGGER event_sealed_once BEFORE UPDATE ON payments.event_sealing
    FOR EACH ROW WHEN (OLD.seal IS NOT NULL) EXECUTE FUNCTION payments.refuse_change();
