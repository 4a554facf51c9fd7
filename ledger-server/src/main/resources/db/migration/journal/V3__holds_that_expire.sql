-- Holds that integrators open have an expiry. One that another feature opened ends with what it was
-- opened for and has none.
ALTER TABLE journal.hold
    ADD COLUMN expires_at timestamptz,
    ADD COLUMN reference  text COLLATE "C",
    -- The layers of its pending entries, which its end undoes. The defaults are those of older holds.
    ADD COLUMN from_layer smallint NOT NULL DEFAULT 1 CHECK (from_layer IN (1, 2)),
    ADD COLUMN to_layer   smallint NOT NULL DEFAULT 2 CHECK (to_layer IN (1, 2));

-- What the expiry job has still to look at: one row per hold with an expiry, taken away when its
-- time has come, whether it ended before or not. Derived from journal.hold and journal.hold_end.
CREATE TABLE journal.hold_due (
    ledger_id  integer     NOT NULL,
    expires_at timestamptz NOT NULL,
    hold_id    uuid        NOT NULL,
    PRIMARY KEY (ledger_id, expires_at, hold_id)
);

-- UPDATE to lock a row, so that several servers never take the same one.
GRANT SELECT, INSERT, UPDATE, DELETE ON journal.hold_due TO ${app};
