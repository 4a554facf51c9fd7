-- Extra armour on PostgreSQL itself: what a seal has it keeps.

CREATE FUNCTION approvals.refuse_sealing_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what is sealed stays so: % on %.% is refused', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER sealing_is_kept BEFORE DELETE OR TRUNCATE ON approvals.sealing
    FOR EACH STATEMENT EXECUTE FUNCTION approvals.refuse_sealing_change();
CREATE TRIGGER sealed_once BEFORE UPDATE ON approvals.sealing
    FOR EACH ROW WHEN (OLD.seal IS NOT NULL) EXECUTE FUNCTION approvals.refuse_sealing_change();
