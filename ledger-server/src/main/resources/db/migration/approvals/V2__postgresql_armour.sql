-- Extra armour on PostgreSQL itself: a decision is final, and no proposal disappears.

CREATE FUNCTION approvals.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a proposal that is % stays so', coalesce(OLD.state, 'kept for ever')
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER decision_is_final BEFORE UPDATE ON approvals.approval
    FOR EACH ROW WHEN (OLD.state <> 'pending') EXECUTE FUNCTION approvals.refuse_change();
CREATE TRIGGER proposal_is_kept BEFORE DELETE ON approvals.approval
    FOR EACH ROW EXECUTE FUNCTION approvals.refuse_change();
