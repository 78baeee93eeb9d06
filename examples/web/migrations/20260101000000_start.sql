-- One set of tables for SQLite and PostgreSQL. Times are seconds since 1970; a column named `sealed` is encrypted.

CREATE TABLE users (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    password TEXT NOT NULL
);

CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    data TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_expire ON sessions (expires_at);

-- Authorizations that wait for the provider's redirect.
CREATE TABLE pending (
    id TEXT PRIMARY KEY,
    session TEXT NOT NULL,
    user_id TEXT NOT NULL REFERENCES users (id),
    account TEXT,
    sealed TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX pending_of_session ON pending (session);
CREATE INDEX pending_expire ON pending (expires_at);

-- Accounts on their way: what a job works on. `sealed` holds the code, and is emptied when `sent_at` is set.
CREATE TABLE attempts (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id),
    connector TEXT NOT NULL,
    account TEXT,
    sealed TEXT,
    record TEXT,
    sent_at BIGINT,
    failure TEXT,
    request_id TEXT,
    dismissed BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL
);
CREATE INDEX attempts_of_user ON attempts (user_id);

-- Connected accounts; `sealed` holds the instance and its token, `sealed_under` is the id of the key.
CREATE TABLE accounts (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id),
    connector TEXT NOT NULL,
    name TEXT NOT NULL,
    holder TEXT,
    holder_name TEXT,
    status TEXT NOT NULL,
    sealed TEXT NOT NULL,
    sealed_under TEXT NOT NULL,
    attempt TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL
);
CREATE INDEX accounts_of_user ON accounts (user_id);
CREATE INDEX accounts_sealed_under ON accounts (sealed_under);
