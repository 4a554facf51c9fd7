-- People, API clients, their credentials and rights. No secret is stored: tokens and keys as SHA-256
-- (they are 256 random bits), passwords as Argon2id.

-- Locked by every change of users, so that changes happen one after the other.
CREATE TABLE security.administration (
    id integer PRIMARY KEY CHECK (id = 1)
);
INSERT INTO security.administration (id) VALUES (1);

CREATE TABLE security.person (
    id            uuid        NOT NULL PRIMARY KEY,
    username      text        COLLATE "C" NOT NULL UNIQUE CHECK (username ~ '^[a-z0-9][a-z0-9._-]{0,63}$'),
    display_name  text        NOT NULL,
    password_hash text        NOT NULL,
    demonstration boolean     NOT NULL,
    version       bigint      NOT NULL,
    created_at    timestamptz NOT NULL,
    revoked_at    timestamptz
);

CREATE TABLE security.person_grant (
    ledger_id integer NOT NULL,
    person_id uuid    NOT NULL REFERENCES security.person (id),
    role      text    NOT NULL CHECK (role IN ('INTEGRATOR', 'OPERATOR', 'APPROVER', 'AUDITOR', 'ADMIN')),
    PRIMARY KEY (ledger_id, person_id, role)
);
CREATE INDEX person_grant_by_person ON security.person_grant (person_id);

CREATE TABLE security.person_limit (
    person_id           uuid   NOT NULL REFERENCES security.person (id),
    currency            text   NOT NULL CHECK (length(currency) = 3),
    refund_minor_units  bigint NOT NULL CHECK (refund_minor_units >= 0),
    approve_minor_units bigint NOT NULL CHECK (approve_minor_units >= 0),
    PRIMARY KEY (person_id, currency)
);

-- A password that a proposal would set. The proposal itself names only this row.
CREATE TABLE security.proposed_password (
    id            uuid        NOT NULL PRIMARY KEY,
    password_hash text        NOT NULL,
    created_at    timestamptz NOT NULL
);

CREATE TABLE security.session (
    id           uuid        NOT NULL PRIMARY KEY,
    person_id    uuid        NOT NULL REFERENCES security.person (id),
    token_hash   bytea       NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    created_at   timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL
);
CREATE INDEX session_by_person ON security.session (person_id);

-- A client outlives its keys: idempotency keys belong to the client.
CREATE TABLE security.api_client (
    ledger_id integer NOT NULL,
    id        uuid    NOT NULL,
    name      text    COLLATE "C" NOT NULL,
    PRIMARY KEY (ledger_id, id),
    UNIQUE (ledger_id, name)
);

CREATE TABLE security.api_key (
    ledger_id   integer     NOT NULL,
    id          uuid        NOT NULL,
    client_id   uuid        NOT NULL,
    roles       text        NOT NULL CHECK (roles <> '' AND roles !~ 'APPROVER|ADMIN'),
    secret_hash bytea       NOT NULL CHECK (length(secret_hash) = 32),
    created_at  timestamptz NOT NULL,
    expires_at  timestamptz,
    revoked_at  timestamptz,
    PRIMARY KEY (ledger_id, id),
    FOREIGN KEY (ledger_id, client_id) REFERENCES security.api_client (ledger_id, id)
);
CREATE INDEX api_key_by_secret ON security.api_key (secret_hash);
CREATE INDEX api_key_by_id ON security.api_key (id);

-- UPDATE on administration only to lock its row.
GRANT SELECT, UPDATE ON security.administration TO ${app};
GRANT SELECT, INSERT, UPDATE ON security.person, security.api_key, security.api_client TO ${app};
GRANT SELECT, INSERT, DELETE ON security.person_grant, security.person_limit, security.proposed_password TO ${app};
GRANT SELECT, INSERT, UPDATE, DELETE ON security.session TO ${app};
