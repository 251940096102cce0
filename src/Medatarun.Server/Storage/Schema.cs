using System.Globalization;

namespace Medatarun.Server.Storage;

/// <summary>The schema, as the list of steps that lead to it. A step that was released is never changed.</summary>
internal static class Schema
{
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE actors (
            id           TEXT   NOT NULL PRIMARY KEY,
            issuer       TEXT   NOT NULL,
            subject      TEXT   NOT NULL,
            fullname     TEXT   NOT NULL,
            email        TEXT   NULL,
            disabled_at  BIGINT NULL,
            created_at   BIGINT NOT NULL,
            last_seen_at BIGINT NULL,
            UNIQUE (issuer, subject)
        );
        CREATE TABLE users (
            id            TEXT   NOT NULL PRIMARY KEY REFERENCES actors (id),
            username      TEXT   NOT NULL UNIQUE,
            email_key     TEXT   NULL UNIQUE,
            search_key    TEXT   NOT NULL,
            password_hash TEXT   NULL,
            last_login_at BIGINT NULL
        );
        CREATE TABLE retired_usernames (
            username   TEXT   NOT NULL PRIMARY KEY,
            retired_at BIGINT NOT NULL
        );
        CREATE TABLE roles (
            id          TEXT    NOT NULL PRIMARY KEY,
            key         TEXT    NOT NULL UNIQUE,
            name        TEXT    NOT NULL,
            description TEXT    NOT NULL,
            managed     INTEGER NOT NULL,
            created_at  BIGINT  NOT NULL
        );
        CREATE TABLE actor_roles (
            actor_id TEXT NOT NULL REFERENCES actors (id),
            role_id  TEXT NOT NULL REFERENCES roles (id),
            PRIMARY KEY (actor_id, role_id)
        );
        CREATE INDEX actor_roles_by_role ON actor_roles (role_id);
        CREATE TABLE sessions (
            id         TEXT   NOT NULL PRIMARY KEY,
            actor_id   TEXT   NOT NULL REFERENCES actors (id),
            created_at BIGINT NOT NULL,
            expires_at BIGINT NOT NULL,
            ended_at   BIGINT NULL
        );
        CREATE INDEX sessions_by_actor ON sessions (actor_id);
        CREATE TABLE signing_keys (
            kid         TEXT   NOT NULL PRIMARY KEY,
            algorithm   TEXT   NOT NULL,
            private_key TEXT   NOT NULL,
            created_at  BIGINT NOT NULL
        );
        CREATE TABLE settings (
            key   TEXT NOT NULL PRIMARY KEY,
            value TEXT NOT NULL
        );
        CREATE TABLE audit_events (
            sequence   BIGINT NOT NULL PRIMARY KEY,
            at         BIGINT NOT NULL,
            request_id TEXT   NOT NULL,
            actor_id   TEXT   NULL,
            actor_name TEXT   NULL,
            operation  TEXT   NOT NULL,
            target     TEXT   NULL,
            outcome    TEXT   NOT NULL
        );
        INSERT INTO roles (id, key, name, description, managed, created_at)
        VALUES ('{admin}', 'admin', 'Administrator', 'May do everything.', 1, {now});
        """,
        """
        ALTER TABLE actors ADD COLUMN kind TEXT NOT NULL DEFAULT 'user';
        ALTER TABLE actors ADD COLUMN owner_id TEXT NULL REFERENCES actors (id);
        CREATE INDEX actors_by_subject ON actors (subject);
        ALTER TABLE roles ADD COLUMN auto_assign INTEGER NOT NULL DEFAULT 0;
        CREATE TABLE role_permissions (
            role_id        TEXT NOT NULL REFERENCES roles (id),
            permission_key TEXT NOT NULL,
            PRIMARY KEY (role_id, permission_key)
        );
        CREATE TABLE permissions (
            key         TEXT   NOT NULL PRIMARY KEY,
            description TEXT   NOT NULL,
            category    TEXT   NOT NULL,
            created_at  BIGINT NOT NULL
        );
        CREATE TABLE permission_implications (
            permission_key TEXT NOT NULL REFERENCES permissions (key),
            implied_key    TEXT NOT NULL,
            PRIMARY KEY (permission_key, implied_key)
        );
        CREATE TABLE user_groups (
            id          TEXT   NOT NULL PRIMARY KEY,
            key         TEXT   NOT NULL UNIQUE,
            description TEXT   NOT NULL,
            created_at  BIGINT NOT NULL
        );
        CREATE TABLE group_members (
            group_id TEXT NOT NULL REFERENCES user_groups (id),
            actor_id TEXT NOT NULL REFERENCES actors (id),
            PRIMARY KEY (group_id, actor_id)
        );
        CREATE INDEX group_members_by_actor ON group_members (actor_id);
        CREATE TABLE group_roles (
            group_id TEXT NOT NULL REFERENCES user_groups (id),
            role_id  TEXT NOT NULL REFERENCES roles (id),
            PRIMARY KEY (group_id, role_id)
        );
        CREATE VIEW actor_effective_roles AS
            SELECT actor_id, role_id FROM actor_roles
            UNION
            SELECT m.actor_id, g.role_id FROM group_members m JOIN group_roles g ON g.group_id = m.group_id;
        INSERT INTO roles (id, key, name, description, managed, created_at) VALUES
            ('{manager}', 'manager', 'Manager', 'Manages users and groups.', 1, {now}),
            ('{reader}', 'reader', 'Reader', 'Sees users, roles and groups.', 1, {now});
        INSERT INTO role_permissions (role_id, permission_key)
            SELECT id, 'admin' FROM roles WHERE key = 'admin'
            UNION ALL SELECT '{manager}', 'user_manage'
            UNION ALL SELECT '{manager}', 'group_manage'
            UNION ALL SELECT '{reader}', 'user_read';
        """,
        """
        ALTER TABLE sessions ADD COLUMN client TEXT NULL;
        ALTER TABLE sessions ADD COLUMN address TEXT NULL;
        ALTER TABLE sessions ADD COLUMN last_used_at BIGINT NULL;
        ALTER TABLE sessions ADD COLUMN offline INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE sessions ADD COLUMN ends_at BIGINT NOT NULL DEFAULT 0;
        UPDATE sessions SET ends_at = expires_at;
        CREATE TABLE refresh_tokens (
            hash       TEXT   NOT NULL PRIMARY KEY,
            session_id TEXT   NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
            created_at BIGINT NOT NULL,
            used_at    BIGINT NULL,
            answer     TEXT   NULL
        );
        CREATE INDEX refresh_tokens_by_session ON refresh_tokens (session_id);
        CREATE INDEX refresh_tokens_with_answer ON refresh_tokens (used_at) WHERE answer IS NOT NULL;
        CREATE TABLE api_tokens (
            id           TEXT   NOT NULL PRIMARY KEY,
            actor_id     TEXT   NOT NULL REFERENCES actors (id) ON DELETE CASCADE,
            name         TEXT   NOT NULL,
            hash         TEXT   NOT NULL UNIQUE,
            permissions  TEXT   NULL,
            created_at   BIGINT NOT NULL,
            expires_at   BIGINT NULL,
            last_used_at BIGINT NULL,
            revoked_at   BIGINT NULL
        );
        CREATE INDEX api_tokens_by_actor ON api_tokens (actor_id, id);
        CREATE TABLE sign_in_lanes (
            key           TEXT    NOT NULL PRIMARY KEY,
            actor_id      TEXT    NULL REFERENCES actors (id) ON DELETE CASCADE,
            failures      INTEGER NOT NULL,
            blocked_until BIGINT  NULL,
            changed_at    BIGINT  NOT NULL
        );
        CREATE INDEX sign_in_lanes_by_actor ON sign_in_lanes (actor_id);
        CREATE INDEX sign_in_lanes_of_nobody ON sign_in_lanes (changed_at) WHERE actor_id IS NULL;
        CREATE TABLE known_sources (
            actor_id        TEXT   NOT NULL REFERENCES actors (id) ON DELETE CASCADE,
            source          TEXT   NOT NULL,
            last_sign_in_at BIGINT NOT NULL,
            PRIMARY KEY (actor_id, source)
        );
        """,
        """
        CREATE TABLE trusted_issuers (
            id            TEXT    NOT NULL PRIMARY KEY,
            name          TEXT    NOT NULL UNIQUE,
            issuer        TEXT    NOT NULL UNIQUE,
            jwks          TEXT    NULL,
            authority     TEXT    NULL,
            algorithms    TEXT    NOT NULL,
            audiences     TEXT    NOT NULL,
            rule_required INTEGER NOT NULL,
            managed       INTEGER NOT NULL,
            disabled_at   BIGINT  NULL,
            created_at    BIGINT  NOT NULL,
            version       TEXT    NOT NULL
        );
        CREATE TABLE issuer_rules (
            id          TEXT   NOT NULL PRIMARY KEY,
            issuer_id   TEXT   NOT NULL REFERENCES trusted_issuers (id) ON DELETE CASCADE,
            name        TEXT   NOT NULL,
            description TEXT   NOT NULL,
            conditions  TEXT   NOT NULL,
            created_at  BIGINT NOT NULL,
            UNIQUE (issuer_id, name)
        );
        CREATE TABLE issuer_rule_roles (
            rule_id TEXT NOT NULL REFERENCES issuer_rules (id) ON DELETE CASCADE,
            role_id TEXT NOT NULL REFERENCES roles (id) ON DELETE CASCADE,
            PRIMARY KEY (rule_id, role_id)
        );
        CREATE INDEX issuer_rule_roles_by_role ON issuer_rule_roles (role_id);
        ALTER TABLE sessions ADD COLUMN issuer_id TEXT NULL REFERENCES trusted_issuers (id) ON DELETE CASCADE;
        ALTER TABLE sessions ADD COLUMN claims TEXT NULL;
        CREATE INDEX sessions_by_issuer ON sessions (issuer_id) WHERE issuer_id IS NOT NULL;
        """,
        """
        ALTER TABLE users ADD COLUMN hash_imported_at BIGINT NULL;
        ALTER TABLE users ADD COLUMN hash_upgraded_at BIGINT NULL;
        """,
    ];

    /// <summary>The schema version this program makes and needs.</summary>
    public static int Version => Steps.Length;

    /// <summary>Brings a file forward, one transaction a step.</summary>
    /// <exception cref="MedatarunStartException">The file is newer than this program.</exception>
    public static void BringForward(StoreConnection connection, DateTimeOffset now)
    {
        var transaction = new StoreTransaction(connection);
        var found = transaction.Number("PRAGMA user_version");
        if (found > Version)
        {
            throw new MedatarunStartException(
                $"The database has schema version {found}, and this program knows versions up to {Version}: use a newer medatarun.");
        }

        for (var step = (int)found; step < Version; step++)
        {
            connection.Run("BEGIN IMMEDIATE");
            connection.Run(WithValues(Steps[step], now));
            connection.Run($"PRAGMA user_version = {step + 1}");
            connection.Run("COMMIT");
        }
    }

    // The ids of what a step makes are new for every database.
    private static string WithValues(string step, DateTimeOffset now)
    {
        foreach (var id in (string[])["{admin}", "{manager}", "{reader}"])
        {
            step = step.Replace(id, Guid.CreateVersion7(now).ToString(), StringComparison.Ordinal);
        }

        return step.Replace("{now}", now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }
}
