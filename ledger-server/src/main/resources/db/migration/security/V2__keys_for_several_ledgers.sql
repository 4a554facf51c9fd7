-- What an API key may on other ledgers than its own. The client is the same one on all of them: it
-- has a row in each, so that its name stands for nobody else there.
CREATE TABLE security.api_key_grant (
    ledger_id integer NOT NULL,
    key_id    uuid    NOT NULL,
    role      text    NOT NULL CHECK (role IN ('INTEGRATOR', 'OPERATOR', 'AUDITOR')),
    PRIMARY KEY (ledger_id, key_id, role)
);
CREATE INDEX api_key_grant_by_key ON security.api_key_grant (key_id);

GRANT SELECT, INSERT, DELETE ON security.api_key_grant TO ${app};
