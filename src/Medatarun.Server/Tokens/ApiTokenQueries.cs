using System.Data.Common;
using Medatarun.Contracts.Auth;
using Medatarun.Server.Access;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Tokens;

/// <summary>The statements about API tokens.</summary>
internal static class ApiTokenQueries
{
    private const string Live = "t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > @now)";

    private const string Select =
        """
        SELECT t.id, t.actor_id, a.subject, t.name, t.permissions, t.created_at, t.expires_at, t.last_used_at
        FROM api_tokens t JOIN actors a ON a.id = t.actor_id
        """;

    public static void Insert(StoreTransaction transaction, ApiTokenRow token, string hash) =>
        transaction.Execute(
            """
            INSERT INTO api_tokens (id, actor_id, name, hash, permissions, created_at, expires_at)
            VALUES (@id, @actor, @name, @hash, @permissions, @created_at, @expires_at)
            """,
            ("@id", token.Id), ("@actor", token.OwnerId), ("@name", token.Name), ("@hash", hash),
            ("@permissions", token.Permissions), ("@created_at", token.CreatedAt), ("@expires_at", token.ExpiresAt));

    /// <summary>An API token that lives, or one that ended and is still remembered; null when there is none.</summary>
    public static ApiTokenRow? Find(StoreTransaction transaction, Guid id) =>
        transaction.QueryFirst($"{Select} WHERE t.id = @id", Read, ("@id", id));

    /// <summary>Those that live, the oldest first. A disabled owner's live too: they are accepted again once the owner is.</summary>
    /// <param name="transaction">The open transaction.</param>
    /// <param name="owner">Whose; null for everybody's.</param>
    /// <param name="after">The id that the page before ended with; empty for the first page.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="now">The moment at which they live.</param>
    public static List<ApiTokenRow> ListLive(StoreTransaction transaction, Guid? owner, string after, int count, DateTimeOffset now) =>
        transaction.Query(
            $"{Select} WHERE {(owner is null ? "" : "t.actor_id = @owner AND ")}t.id > @after AND {Live} ORDER BY t.id LIMIT @count",
            Read,
            ("@owner", owner), ("@after", after), ("@count", count), ("@now", now));

    public static long CountLive(StoreTransaction transaction, Guid owner, DateTimeOffset now) =>
        transaction.Number($"SELECT COUNT(*) FROM api_tokens t WHERE t.actor_id = @actor AND {Live}", ("@actor", owner), ("@now", now));

    /// <summary>Forgets all of an owner's that ended but for the latest, so that making and revoking without end fills no disk.</summary>
    public static void ForgetEnded(StoreTransaction transaction, Guid owner, int remembered, DateTimeOffset now) =>
        transaction.Execute(
            $"""
            DELETE FROM api_tokens AS t WHERE t.actor_id = @actor AND NOT ({Live}) AND t.id NOT IN (
                SELECT t.id FROM api_tokens t WHERE t.actor_id = @actor AND NOT ({Live})
                ORDER BY COALESCE(t.revoked_at, t.expires_at) DESC, t.id DESC
                LIMIT @remembered)
            """,
            ("@actor", owner), ("@now", now), ("@remembered", remembered));

    /// <summary>Takes a permission out of what tokens are cut to: another one of that key would be another permission.</summary>
    public static void DeletePermission(StoreTransaction transaction, string permission) =>
        transaction.Execute(
            """
            UPDATE api_tokens SET permissions = TRIM(REPLACE(' ' || permissions || ' ', @permission, ' '))
            WHERE REPLACE(' ' || permissions || ' ', @permission, ' ') <> ' ' || permissions || ' '
            """,
            ("@permission", $" {permission} "));

    /// <summary>An API token as the outside sees it.</summary>
    public static ApiTokenInfo Info(ApiTokenRow token) => new()
    {
        Id = token.Id.ToString(),
        Name = token.Name,
        Username = token.OwnerName,
        Permissions = token.Permissions is { } permissions ? PermissionText.Parse(permissions) : null,
        CreatedAt = token.CreatedAt,
        ExpiresAt = token.ExpiresAt,
        LastUsedAt = token.LastUsedAt,
    };

    private static ApiTokenRow Read(DbDataReader row) => new()
    {
        Id = row.Id(0),
        OwnerId = row.Id(1),
        OwnerName = row.GetString(2),
        Name = row.GetString(3),
        Permissions = row.Text(4),
        CreatedAt = row.Time(5),
        ExpiresAt = row.TimeOrNull(6),
        LastUsedAt = row.TimeOrNull(7),
    };
}
