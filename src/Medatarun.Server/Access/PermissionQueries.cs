using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Operations;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;
using Medatarun.Server.Tokens;

namespace Medatarun.Server.Access;

/// <summary>The statements about permissions that integrations registered.</summary>
internal static class PermissionQueries
{
    /// <summary>Every permission: the product's own, then registered ones by key.</summary>
    public static IReadOnlyList<PermissionInfo> List(StoreTransaction transaction) =>
    [
        .. PermissionCatalogue.All.Select(permission => new PermissionInfo
        {
            Key = permission.Key,
            Description = permission.Description,
            Category = permission.Category,
            Managed = true,
            Implies = Implies(transaction, permission.Key),
        }),
        .. transaction.Query(
            "SELECT key, description, category FROM permissions ORDER BY key",
            row => (Key: row.GetString(0), Description: row.GetString(1), Category: row.GetString(2)))
            .Select(permission => new PermissionInfo
            {
                Key = permission.Key,
                Description = permission.Description,
                Category = permission.Category,
                Managed = false,
                Implies = Implies(transaction, permission.Key),
            }),
    ];

    public static bool Exists(StoreTransaction transaction, string key) =>
        PermissionCatalogue.IsBuiltIn(key)
        || transaction.Number("SELECT COUNT(*) FROM permissions WHERE key = @key", ("@key", key)) > 0;

    /// <summary>The refusal of a permission that does not exist, or null.</summary>
    public static Problem? Missing(StoreTransaction transaction, string key, string member = "permissionKey") =>
        Exists(transaction, key)
            ? null
            : Problem.OfMember(ProblemCatalogue.PermissionNotFound, member, $"There is no permission '{key}'.");

    public static void Insert(
        StoreTransaction transaction, string key, string description, string category, IEnumerable<string> implies, DateTimeOffset now)
    {
        transaction.Execute(
            "INSERT INTO permissions (key, description, category, created_at) VALUES (@key, @description, @category, @now)",
            ("@key", key), ("@description", description), ("@category", category), ("@now", now));
        foreach (var implied in implies)
        {
            transaction.Execute(
                "INSERT INTO permission_implications (permission_key, implied_key) VALUES (@key, @implied)",
                ("@key", key), ("@implied", implied));
        }

        // Whoever holds 'admin' holds it from now on.
        transaction.TouchEveryone();
    }

    public static void Delete(StoreTransaction transaction, string key)
    {
        transaction.Execute("DELETE FROM role_permissions WHERE permission_key = @key", ("@key", key));
        transaction.Execute("DELETE FROM permission_implications WHERE permission_key = @key OR implied_key = @key", ("@key", key));
        ApiTokenQueries.DeletePermission(transaction, key);
        transaction.Execute("DELETE FROM permissions WHERE key = @key", ("@key", key));
        transaction.TouchEveryone();
    }

    private static IReadOnlyList<string> Implies(StoreTransaction transaction, string key) =>
        [.. PermissionGraph.Closure(transaction, [key]).Where(implied => implied != key)];
}
