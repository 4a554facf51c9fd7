-- Extra armour on PostgreSQL itself, also against its owner and against psql.

CREATE FUNCTION seals.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'seals are kept as they are: % on %.% is refused', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER seal_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON seals.seal
    FOR EACH STATEMENT EXECUTE FUNCTION seals.refuse_change();
CREATE TRIGGER leaf_list_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON seals.leaf_list
    FOR EACH STATEMENT EXECUTE FUNCTION seals.refuse_change();
