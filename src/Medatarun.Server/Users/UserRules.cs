using Medatarun.Contracts.Problems;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Users;

/// <summary>The rules that more than one operation about users keeps.</summary>
internal static class UserRules
{
    /// <summary>The refusal of leaving the server without an active administrator, or null.</summary>
    public static Problem? KeepsAnAdmin(StoreTransaction transaction, UserRow user) =>
        user.DisabledAt is null
        && ActorQueries.Roles(transaction, user.Id).Contains(RoleKeys.Admin)
        && ActorQueries.CountOtherActiveAdmins(transaction, user.Id) == 0
            ? new Problem(ProblemCatalogue.LastAdmin, $"'{user.Username}' is the last active administrator.")
            : null;

    public static Problem? IsFree(StoreTransaction transaction, EmailAddress? email, Guid? except = null) =>
        email is { } address && UserQueries.FindByEmail(transaction, address.Value) is { } other && other.Id != except
            ? Problem.OfMember(ProblemCatalogue.EmailAlreadyUsed, "email", "Another user has this e-mail address.")
            : null;

    /// <summary>The refusal of a role that does not exist, or null.</summary>
    public static Problem? RoleExists(StoreTransaction transaction, string? role) =>
        string.IsNullOrEmpty(role) || ActorQueries.FindRole(transaction, role) is not null
            ? null
            : Problem.OfMember(ProblemCatalogue.RoleNotFound, "role", $"There is no role '{role}'.");

    /// <summary>The refusal of groups, of which there are none yet, or null.</summary>
    public static Problem? GroupsExist(IReadOnlyList<string>? groups) =>
        groups is null or []
            ? null
            : Problem.OfMember(ProblemCatalogue.GroupNotFound, "groups", $"There is no group '{groups[0]}'.");

    public static Problem NotFound(Medatarun.Contracts.Auth.IUserReference reference) =>
        new(ProblemCatalogue.UserNotFound, $"User '{(string.IsNullOrEmpty(reference.Username) ? reference.Id : reference.Username)}' not found.");
}
