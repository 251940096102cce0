using Medatarun.Contracts.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Access;

/// <summary>Which permissions come with which: the product's own from the catalogue, registered ones from the store.</summary>
internal static class PermissionGraph
{
    /// <summary>
    /// The permissions with all that come with them: the product's own first, in the catalogue's order, then registered
    /// ones by key. Whoever holds <c>admin</c> holds every permission there is.
    /// </summary>
    public static IReadOnlyList<string> Closure(StoreTransaction transaction, IEnumerable<string> keys)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(keys);
        while (open.TryPop(out var key))
        {
            if (reached.Add(key))
            {
                foreach (var implied in Implied(transaction, key))
                {
                    open.Push(implied);
                }
            }
        }

        return
        [
            .. PermissionCatalogue.All.Select(permission => permission.Key).Where(reached.Contains),
            .. reached.Where(key => !PermissionCatalogue.IsBuiltIn(key)).Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>What comes directly with a permission.</summary>
    private static IEnumerable<string> Implied(StoreTransaction transaction, string key) =>
        PermissionCatalogue.All.FirstOrDefault(permission => permission.Key == key) is not { } builtIn
            ? transaction.Query(
                "SELECT implied_key FROM permission_implications WHERE permission_key = @key",
                row => row.GetString(0),
                ("@key", key))
            : key == PermissionKeys.Admin
                ? builtIn.Implies.Concat(transaction.Query("SELECT key FROM permissions", row => row.GetString(0)))
                : builtIn.Implies;
}
