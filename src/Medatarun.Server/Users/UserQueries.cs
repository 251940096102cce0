using System.Data.Common;
using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Operations;
using Medatarun.Server.Access;
using Medatarun.Server.External;
using Medatarun.Server.Guessing;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Users;

/// <summary>The statements about users.</summary>
internal static class UserQueries
{
    private const string Select =
        """
        SELECT u.id, u.username, a.fullname, a.email, u.password_hash, a.disabled_at, a.created_at, u.last_login_at
        FROM users u JOIN actors a ON a.id = u.id
        """;

    public static UserRow? FindByName(StoreTransaction transaction, string username) =>
        transaction.QueryFirst($"{Select} WHERE u.username = @username", Read, ("@username", username));

    public static UserRow? FindById(StoreTransaction transaction, Guid id) =>
        transaction.QueryFirst($"{Select} WHERE u.id = @id", Read, ("@id", id));

    public static UserRow? FindByEmail(StoreTransaction transaction, string email) =>
        transaction.QueryFirst($"{Select} WHERE u.email_key = @key", Read, ("@key", EmailAddress.KeyOf(email)));

    /// <summary>The user that a request names; null when there is none.</summary>
    public static UserRow? Find(StoreTransaction transaction, IUserReference reference) =>
        !string.IsNullOrEmpty(reference.Username) ? FindByName(transaction, reference.Username)
        : Guid.TryParse(reference.Id, out var id) ? FindById(transaction, id)
        : null;

    /// <summary>Whether a name is in use, or was.</summary>
    public static bool IsNameTaken(StoreTransaction transaction, Username username) =>
        transaction.Number(
            """
            SELECT EXISTS (SELECT 1 FROM actors WHERE kind IN ('user', 'service') AND subject = @username)
                OR EXISTS (SELECT 1 FROM retired_usernames WHERE username = @username)
            """,
            ("@username", username.Value)) != 0;

    /// <summary>Whether a name was that of somebody who was deleted.</summary>
    public static bool IsRetired(StoreTransaction transaction, string username) =>
        transaction.Number("SELECT COUNT(*) FROM retired_usernames WHERE username = @username", ("@username", username)) != 0;

    public static List<UserRow> List(StoreTransaction transaction, UserListRequest filter, int count) =>
        transaction.Query(
            $"""
            {Select}
            WHERE (@after IS NULL OR u.username > @after)
              AND (@search IS NULL OR u.search_key LIKE @search ESCAPE '\')
              AND (@disabled IS NULL OR (a.disabled_at IS NOT NULL) = @disabled)
              AND (@role IS NULL OR EXISTS (
                    SELECT 1 FROM actor_effective_roles x JOIN roles r ON r.id = x.role_id WHERE x.actor_id = u.id AND r.key = @role))
              AND (@group IS NULL OR EXISTS (
                    SELECT 1 FROM group_members x JOIN user_groups g ON g.id = x.group_id WHERE x.actor_id = u.id AND g.key = @group))
            ORDER BY u.username
            LIMIT @count
            """,
            Read,
            ("@after", NullIfEmpty(filter.After)),
            ("@search", NullIfEmpty(filter.Search) is { } search ? $"%{EscapeLike(search.ToLowerInvariant())}%" : null),
            ("@disabled", filter.Disabled),
            ("@role", NullIfEmpty(filter.Role)),
            ("@group", NullIfEmpty(filter.Group)),
            ("@count", count));

    public static void Insert(StoreTransaction transaction, UserRow user, string issuer)
    {
        ActorQueries.Insert(transaction, new ActorRow
        {
            Id = user.Id,
            Kind = ActorKinds.User,
            Issuer = issuer,
            Subject = user.Username,
            Fullname = user.Fullname,
            Email = user.Email,
            DisabledAt = user.DisabledAt,
            CreatedAt = user.CreatedAt,
        });
        transaction.Execute(
            """
            INSERT INTO users (id, username, email_key, search_key, password_hash, hash_imported_at)
            VALUES (@id, @username, @email_key, @search_key, @password_hash, @hash_imported_at)
            """,
            ("@id", user.Id), ("@username", user.Username), ("@email_key", EmailKey(user.Email)),
            ("@search_key", SearchKey(user)), ("@password_hash", user.PasswordHash), ("@hash_imported_at", user.HashImportedAt));
    }

    /// <summary>Stores the full name and the e-mail address of a user.</summary>
    public static void SetProfile(StoreTransaction transaction, UserRow user)
    {
        transaction.Execute(
            "UPDATE actors SET fullname = @fullname, email = @email WHERE id = @id",
            ("@fullname", user.Fullname), ("@email", user.Email), ("@id", user.Id));
        transaction.Execute(
            "UPDATE users SET email_key = @email_key, search_key = @search_key WHERE id = @id",
            ("@email_key", EmailKey(user.Email)), ("@search_key", SearchKey(user)), ("@id", user.Id));
        transaction.Touch(user.Id);
    }

    /// <summary>Stores a hash that was made here. One that was imported is upgraded with it.</summary>
    public static void SetPassword(StoreTransaction transaction, Guid id, string hash, DateTimeOffset now) =>
        transaction.Execute(
            """
            UPDATE users
            SET password_hash = @hash,
                hash_upgraded_at = CASE WHEN hash_imported_at IS NULL THEN NULL ELSE COALESCE(hash_upgraded_at, @now) END
            WHERE id = @id
            """,
            ("@hash", hash), ("@now", now), ("@id", id));

    /// <summary>Stores a hash that came from elsewhere.</summary>
    /// <param name="transaction">The open transaction.</param>
    /// <param name="id">Whose.</param>
    /// <param name="hash">The stored form.</param>
    /// <param name="importedAt">When it came, of one that is to be upgraded; null for one that is as good as ours.</param>
    public static void SetImportedHash(StoreTransaction transaction, Guid id, string hash, DateTimeOffset? importedAt) =>
        transaction.Execute(
            "UPDATE users SET password_hash = @hash, hash_imported_at = @at, hash_upgraded_at = NULL WHERE id = @id",
            ("@hash", hash), ("@at", importedAt), ("@id", id));

    public static void MarkSignedIn(StoreTransaction transaction, Guid id, DateTimeOffset now)
    {
        transaction.Execute("UPDATE users SET last_login_at = @now WHERE id = @id", ("@now", now), ("@id", id));
        ActorQueries.MarkSeen(transaction, id, now);
    }

    /// <summary>A user as the outside sees them at a moment.</summary>
    public static UserInfo Info(StoreTransaction transaction, UserRow user, DateTimeOffset now) =>
        Info(transaction, user, FittingRules.None, now);

    private static UserInfo Info(StoreTransaction transaction, UserRow user, FittingRules rules, DateTimeOffset now)
    {
        var roles = rules.RolesOf(transaction, user.Id);
        return new UserInfo
        {
            Id = user.Id.ToString(),
            Username = user.Username,
            Email = user.Email,
            Fullname = user.Fullname,
            Admin = rules.PermissionsOf(transaction, user.Id).Contains(PermissionKeys.Admin),
            Role = roles.Count > 0 ? roles[0] : null,
            Roles = roles,
            Groups = AuthorityQueries.Groups(transaction, user.Id),
            Disabled = user.DisabledAt is not null,
            Locked = LaneQueries.IsLocked(transaction, user.Id, now),
            CreatedAt = user.CreatedAt,
            LastLoginAt = user.LastLoginAt,
        };
    }

    /// <summary>Whoever can have a session, as the outside sees users: a service account is one who never signed in.</summary>
    /// <param name="transaction">The open transaction.</param>
    /// <param name="actor">Whoever it is.</param>
    /// <param name="now">The moment.</param>
    /// <param name="rules">What they hold beside what is their own. Default: nothing.</param>
    public static UserInfo Info(StoreTransaction transaction, ActorRow actor, DateTimeOffset now, FittingRules? rules = null) => Info(
        transaction,
        FindById(transaction, actor.Id) ?? new UserRow
        {
            Id = actor.Id,
            Username = actor.Subject,
            Fullname = actor.Fullname,
            Email = actor.Email,
            DisabledAt = actor.DisabledAt,
            CreatedAt = actor.CreatedAt,
        },
        rules ?? FittingRules.None,
        now);

    private static UserRow Read(DbDataReader row) => new()
    {
        Id = row.Id(0),
        Username = row.GetString(1),
        Fullname = row.GetString(2),
        Email = row.Text(3),
        PasswordHash = row.Text(4),
        DisabledAt = row.TimeOrNull(5),
        CreatedAt = row.Time(6),
        LastLoginAt = row.TimeOrNull(7),
    };

    private static string? EmailKey(string? email) => email is null ? null : EmailAddress.KeyOf(email);

    // Lower case of all scripts is ours to make: the engine's LIKE knows only ASCII.
    private static string SearchKey(UserRow user) => $"{user.Username}\n{user.Fullname}\n{user.Email}".ToLowerInvariant();

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static string EscapeLike(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("%", @"\%", StringComparison.Ordinal)
            .Replace("_", @"\_", StringComparison.Ordinal);
}
