-- Whoever changes accounts by psql marks the chart as well, so that servers do not go on with what
-- they have read.
CREATE FUNCTION journal.mark_chart() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO journal.chart_state (ledger_id, mark)
        SELECT ledger_id, md5(clock_timestamp()::text || random()::text)::uuid
        FROM (SELECT DISTINCT ledger_id FROM changed) AS ledgers
        ORDER BY ledger_id
        ON CONFLICT (ledger_id) DO UPDATE SET mark = excluded.mark;
    RETURN NULL;
END $$;

CREATE TRIGGER account_change_marks_chart AFTER UPDATE ON accounts.account
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION journal.mark_chart();
CREATE TRIGGER account_removal_marks_chart AFTER DELETE ON accounts.account
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION journal.mark_chart();
