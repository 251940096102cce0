using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Access;

/// <summary>The guards of authority: nobody gives what they do not hold, nor changes who holds more, and an administrator remains.</summary>
internal static class AuthorityRules
{
    /// <summary>The refusal of giving permissions away that the caller does not hold, or null.</summary>
    public static Problem? MayGrant(StoreTransaction transaction, Caller caller, IEnumerable<string> permissions) =>
        Lacking(caller, PermissionGraph.Closure(transaction, permissions)) is { Length: > 0 } lacking
            ? new Problem(ProblemCatalogue.ExceedsAuthority, $"You cannot give {Named(lacking)}, which you do not hold.")
            : null;

    /// <summary>The refusal of giving a role away that holds more than the caller, or null.</summary>
    public static Problem? MayGrantRole(StoreTransaction transaction, Caller caller, string roleId) =>
        MayGrant(transaction, caller, AuthorityQueries.PermissionsOfRole(transaction, roleId));

    /// <summary>The refusal of putting somebody into a group that gives more than the caller holds, or null.</summary>
    public static Problem? MayGrantGroup(StoreTransaction transaction, Caller caller, string groupId) =>
        MayGrant(transaction, caller, AuthorityQueries.PermissionsOfGroup(transaction, groupId));

    /// <summary>The refusal of changing somebody who holds more than the caller, or null.</summary>
    public static Problem? MayChange(StoreTransaction transaction, Caller caller, Guid actor) =>
        Lacking(caller, AuthorityQueries.Permissions(transaction, actor)) is { Length: > 0 } lacking
            ? new Problem(ProblemCatalogue.ExceedsAuthority, $"You cannot change somebody who holds {Named(lacking)}, which you do not hold.")
            : null;

    /// <summary>After a change: the refusal of having left nobody who may do everything, or null.</summary>
    /// <param name="transaction">The transaction with the change in it.</param>
    /// <param name="name">Whom the change was about, for the sentence.</param>
    public static Problem? AdminRemains(StoreTransaction transaction, string? name = null) =>
        AuthorityQueries.HasActiveAdmin(transaction)
            ? null
            : new Problem(
                ProblemCatalogue.LastAdmin,
                name is null ? "This would leave no active administrator." : $"'{name}' is the last active administrator.");

    private static string[] Lacking(Caller caller, IEnumerable<string> permissions) =>
        [.. permissions.Where(permission => !caller.Holds(permission))];

    private static string Named(string[] permissions) => string.Join(", ", permissions.Take(3).Select(key => $"'{key}'"))
        + (permissions.Length > 3 ? " and more" : "");
}
