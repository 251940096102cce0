using System.Data.Common;
using Medatarun.Contracts.Auth;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Access;

/// <summary>The statements about actors and their roles.</summary>
internal static class ActorQueries
{
    private const string Select =
        "SELECT id, issuer, subject, fullname, email, disabled_at, created_at, last_seen_at FROM actors";

    /// <summary>The keys of an actor's roles, <c>admin</c> first.</summary>
    public static IReadOnlyList<string> Roles(StoreTransaction transaction, Guid actor) =>
        transaction.Query(
            """
            SELECT r.key FROM actor_roles x JOIN roles r ON r.id = x.role_id
            WHERE x.actor_id = @actor
            ORDER BY r.key <> 'admin', r.key
            """,
            row => row.GetString(0),
            ("@actor", actor));

    /// <summary>The id of a role; null when there is none of that key.</summary>
    public static string? FindRole(StoreTransaction transaction, string key) =>
        transaction.QueryFirst("SELECT id FROM roles WHERE key = @key", row => row.GetString(0), ("@key", key));

    public static void AddRole(StoreTransaction transaction, Guid actor, string key)
    {
        transaction.Execute(
            """
            INSERT INTO actor_roles (actor_id, role_id) SELECT @actor, id FROM roles WHERE key = @key
            ON CONFLICT (actor_id, role_id) DO NOTHING
            """,
            ("@actor", actor), ("@key", key));
        transaction.Touch(actor);
    }

    /// <summary>Makes this the actor's only role; an empty key leaves none.</summary>
    public static void SetRole(StoreTransaction transaction, Guid actor, string key)
    {
        transaction.Execute("DELETE FROM actor_roles WHERE actor_id = @actor", ("@actor", actor));
        transaction.Touch(actor);
        if (key.Length > 0)
        {
            AddRole(transaction, actor, key);
        }
    }

    /// <summary>How many other actors are administrators and not disabled.</summary>
    public static long CountOtherActiveAdmins(StoreTransaction transaction, Guid actor) =>
        transaction.Number(
            """
            SELECT COUNT(*) FROM actor_roles x
            JOIN roles r ON r.id = x.role_id
            JOIN actors a ON a.id = x.actor_id
            WHERE r.key = 'admin' AND a.disabled_at IS NULL AND a.id <> @actor
            """,
            ("@actor", actor));

    public static void SetDisabled(StoreTransaction transaction, Guid actor, DateTimeOffset? since)
    {
        transaction.Execute("UPDATE actors SET disabled_at = @since WHERE id = @actor", ("@since", since), ("@actor", actor));
        transaction.Touch(actor);
    }

    public static IReadOnlyList<ActorInfo> List(StoreTransaction transaction) =>
        [.. transaction.Query($"{Select} ORDER BY issuer, subject", Read).Select(actor => WithRoles(transaction, actor))];

    public static ActorInfo? Find(StoreTransaction transaction, Guid id) =>
        transaction.QueryFirst($"{Select} WHERE id = @id", Read, ("@id", id)) is { } actor
            ? WithRoles(transaction, actor)
            : null;

    private static ActorInfo WithRoles(StoreTransaction transaction, ActorInfo actor) =>
        actor with { Roles = Roles(transaction, Guid.Parse(actor.Id)) };

    private static ActorInfo Read(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        Issuer = row.GetString(1),
        Subject = row.GetString(2),
        Fullname = row.GetString(3),
        Email = row.Text(4),
        Roles = [],
        DisabledAt = row.TimeOrNull(5),
        CreatedAt = row.Time(6),
        LastSeenAt = row.TimeOrNull(7),
    };
}
