-- Extra armour on PostgreSQL itself, also against its owner and against psql: a record stays, and
-- what a seal has it keeps.

CREATE FUNCTION audit.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log is append-only: % on %.% is refused', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER record_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.record
    FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();
CREATE TRIGGER sealing_is_kept BEFORE DELETE OR TRUNCATE ON audit.sealing
    FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();
CREATE TRIGGER sealed_once BEFORE UPDATE ON audit.sealing
    FOR EACH ROW WHEN (OLD.seal IS NOT NULL) EXECUTE FUNCTION audit.refuse_change();
