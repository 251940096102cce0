using System.Data.Common;
using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Access;

/// <summary>The statements about actors.</summary>
internal static class ActorQueries
{
    private const string Select =
        """
        SELECT a.id, a.kind, a.issuer, a.subject, a.fullname, a.email, o.subject, a.disabled_at, a.created_at, a.last_seen_at
        FROM actors a LEFT JOIN actors o ON o.id = a.owner_id
        """;

    public static List<ActorRow> List(StoreTransaction transaction) =>
        transaction.Query($"{Select} ORDER BY a.issuer, a.subject", Read);

    public static List<ActorRow> ListOfKind(StoreTransaction transaction, string kind) =>
        transaction.Query($"{Select} WHERE a.kind = @kind ORDER BY a.subject", Read, ("@kind", kind));

    public static ActorRow? Find(StoreTransaction transaction, Guid id) =>
        transaction.QueryFirst($"{Select} WHERE a.id = @id", Read, ("@id", id));

    /// <summary>A service account by its name or id; null when there is none.</summary>
    public static ActorRow? FindService(StoreTransaction transaction, string reference) =>
        transaction.QueryFirst(
            $"{Select} WHERE a.kind = 'service' AND (a.subject = @reference OR a.id = @reference)", Read, ("@reference", reference));

    /// <summary>The id of the user or service account that a request names; null when there is none.</summary>
    public static Guid? FindLocal(StoreTransaction transaction, IUserReference reference) =>
        transaction.QueryFirst(
            $"{Select} WHERE a.kind IN ('user', 'service') AND (a.subject = @name OR a.id = @id)",
            Read,
            ("@name", reference.Username),
            ("@id", string.IsNullOrEmpty(reference.Username) ? reference.Id : null))?.Id;

    /// <summary>The user or service account of a name; null when there is none.</summary>
    public static ActorRow? FindLocalByName(StoreTransaction transaction, string name) =>
        transaction.QueryFirst($"{Select} WHERE a.kind IN ('user', 'service') AND a.subject = @name", Read, ("@name", name));

    /// <summary>The actor of another issuer's subject; null when they never came.</summary>
    public static ActorRow? FindExternal(StoreTransaction transaction, string issuer, string subject) =>
        transaction.QueryFirst(
            $"{Select} WHERE a.issuer = @issuer AND a.subject = @subject AND a.kind = 'external'", Read,
            ("@issuer", issuer), ("@subject", subject));

    public static void Insert(StoreTransaction transaction, ActorRow actor, Guid? owner = null) =>
        transaction.Execute(
            """
            INSERT INTO actors (id, kind, issuer, subject, fullname, email, owner_id, disabled_at, created_at)
            VALUES (@id, @kind, @issuer, @subject, @fullname, @email, @owner, @disabled_at, @created_at)
            """,
            ("@id", actor.Id), ("@kind", actor.Kind), ("@issuer", actor.Issuer), ("@subject", actor.Subject),
            ("@fullname", actor.Fullname), ("@email", actor.Email), ("@owner", owner), ("@disabled_at", actor.DisabledAt),
            ("@created_at", actor.CreatedAt));

    /// <summary>Removes an actor with all that is theirs, and keeps the name from being given out again.</summary>
    public static void Delete(StoreTransaction transaction, Guid id, string name, DateTimeOffset now)
    {
        transaction.Execute("DELETE FROM sessions WHERE actor_id = @id", ("@id", id));
        transaction.Execute("DELETE FROM actor_roles WHERE actor_id = @id", ("@id", id));
        transaction.Execute("DELETE FROM group_members WHERE actor_id = @id", ("@id", id));
        transaction.Execute("DELETE FROM users WHERE id = @id", ("@id", id));
        transaction.Execute("UPDATE actors SET owner_id = NULL WHERE owner_id = @id", ("@id", id));
        transaction.Execute("DELETE FROM actors WHERE id = @id", ("@id", id));
        transaction.Execute(
            "INSERT INTO retired_usernames (username, retired_at) VALUES (@name, @now)", ("@name", name), ("@now", now));
        transaction.Touch(id);
    }

    public static void AddRole(StoreTransaction transaction, Guid actor, string roleId)
    {
        transaction.Execute(
            "INSERT INTO actor_roles (actor_id, role_id) VALUES (@actor, @role) ON CONFLICT (actor_id, role_id) DO NOTHING",
            ("@actor", actor), ("@role", roleId));
        transaction.Touch(actor);
    }

    /// <summary>The roles that an actor has themselves, and not through groups.</summary>
    public static List<string> OwnRoles(StoreTransaction transaction, Guid actor) =>
        transaction.Query(
            "SELECT r.key FROM actor_roles x JOIN roles r ON r.id = x.role_id WHERE x.actor_id = @actor ORDER BY r.key",
            row => row.GetString(0),
            ("@actor", actor));

    /// <summary>Takes a role from an actor; false when they did not have it themselves.</summary>
    public static bool DeleteRole(StoreTransaction transaction, Guid actor, string roleId)
    {
        transaction.Touch(actor);
        return transaction.Execute(
            "DELETE FROM actor_roles WHERE actor_id = @actor AND role_id = @role", ("@actor", actor), ("@role", roleId)) > 0;
    }

    /// <summary>Takes every role from an actor, but for those that groups give.</summary>
    public static void DeleteRoles(StoreTransaction transaction, Guid actor)
    {
        transaction.Execute("DELETE FROM actor_roles WHERE actor_id = @actor", ("@actor", actor));
        transaction.Touch(actor);
    }

    public static void SetFullName(StoreTransaction transaction, Guid actor, string fullname)
    {
        transaction.Execute("UPDATE actors SET fullname = @fullname WHERE id = @actor", ("@fullname", fullname), ("@actor", actor));
        transaction.Touch(actor);
    }

    public static void SetDisabled(StoreTransaction transaction, Guid actor, DateTimeOffset? since)
    {
        transaction.Execute("UPDATE actors SET disabled_at = @since WHERE id = @actor", ("@since", since), ("@actor", actor));
        transaction.Touch(actor);
    }

    /// <summary>Stores what an actor is called. It is nobody's authority, and no reason to load anybody anew.</summary>
    public static void SetProfile(StoreTransaction transaction, Guid actor, string fullname, string? email) =>
        transaction.Execute(
            "UPDATE actors SET fullname = @fullname, email = @email WHERE id = @actor",
            ("@fullname", fullname), ("@email", email), ("@actor", actor));

    /// <summary>Stores when actors were last seen; an older time changes nothing.</summary>
    public static void MarkSeen(StoreTransaction transaction, Guid actor, DateTimeOffset at) =>
        transaction.Execute(
            "UPDATE actors SET last_seen_at = @at WHERE id = @actor AND (last_seen_at IS NULL OR last_seen_at < @at)",
            ("@at", at), ("@actor", actor));

    /// <summary>An actor as the outside sees it.</summary>
    public static ActorInfo Info(StoreTransaction transaction, ActorRow actor) => new()
    {
        Id = actor.Id.ToString(),
        Issuer = actor.Issuer,
        Subject = actor.Subject,
        Fullname = actor.Fullname,
        Email = actor.Email,
        Kind = actor.Kind,
        Type = TypeOf(AuthorityQueries.Permissions(transaction, actor.Id).Contains(PermissionKeys.Admin)),
        Roles = AuthorityQueries.Roles(transaction, actor.Id),
        Groups = AuthorityQueries.Groups(transaction, actor.Id),
        Owner = actor.Owner,
        DisabledAt = actor.DisabledAt,
        CreatedAt = actor.CreatedAt,
        LastSeenAt = actor.LastSeenAt,
    };

    /// <summary>What the outside calls whoever may do everything, and everyone else.</summary>
    public static string TypeOf(bool isAdmin) => isAdmin ? "Operator" : "User";

    private static ActorRow Read(DbDataReader row) => new()
    {
        Id = row.Id(0),
        Kind = row.GetString(1),
        Issuer = row.GetString(2),
        Subject = row.GetString(3),
        Fullname = row.GetString(4),
        Email = row.Text(5),
        Owner = row.Text(6),
        DisabledAt = row.TimeOrNull(7),
        CreatedAt = row.Time(8),
        LastSeenAt = row.TimeOrNull(9),
    };
}
