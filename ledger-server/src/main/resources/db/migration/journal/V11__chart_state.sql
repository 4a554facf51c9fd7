-- A mark that changes whenever the status of an account of the ledger does, alone at the gate. Who
-- finds the mark it knows need not read again what it has read under it. A value of its own each time
-- and no count: books that were restored and went on must not come to a mark that was there before.
CREATE TABLE journal.chart_state (
    ledger_id integer NOT NULL PRIMARY KEY,
    mark      uuid    NOT NULL
);

GRANT SELECT, INSERT, UPDATE ON journal.chart_state TO ${app};
