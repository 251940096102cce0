using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Access;
using Medatarun.Server.Groups;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Users;

/// <summary>The rules that more than one operation about users keeps.</summary>
internal static class UserRules
{
    /// <summary>The refusal of an e-mail address that is another user's, or null.</summary>
    public static Problem? IsFree(StoreTransaction transaction, EmailAddress? email, Guid? except = null) =>
        email is { } address && UserQueries.FindByEmail(transaction, address.Value) is { } other && other.Id != except
            ? Problem.OfMember(ProblemCatalogue.EmailAlreadyUsed, "email", "Another user has this e-mail address.")
            : null;

    /// <summary>Gives a new actor their roles: the ones that are named, else the automatic one; the refusal, or null.</summary>
    public static Problem? GiveRoles(StoreTransaction transaction, Caller caller, Guid actor, string? role, bool admin)
    {
        var named = new[] { admin ? RoleKeys.Admin : null, string.IsNullOrEmpty(role) ? null : role }.OfType<string>().Distinct().ToArray();
        foreach (var reference in named)
        {
            if (RoleQueries.Require(transaction, reference, "role").Failed(out var problem, out var found)
                || (problem = AuthorityRules.MayGrantRole(transaction, caller, found.Id)) is not null)
            {
                return problem;
            }

            ActorQueries.AddRole(transaction, actor, found.Id);
        }

        // What comes by itself is given by whoever set it up, not by this caller.
        if (named.Length == 0 && RoleQueries.AutoAssigned(transaction) is { } automatic)
        {
            ActorQueries.AddRole(transaction, actor, automatic.Id);
        }

        return null;
    }

    /// <summary>Makes this the actor's only role of their own; an empty key leaves none. The refusal, or null.</summary>
    public static Problem? SetRole(StoreTransaction transaction, Caller caller, Guid actor, string role) =>
        SetRoles(transaction, caller, actor, role.Length > 0 ? [role] : [], "role");

    /// <summary>Makes these the actor's roles of their own; the refusal, or null.</summary>
    public static Problem? SetRoles(StoreTransaction transaction, Caller caller, Guid actor, IReadOnlyList<string> roles, string member = "roles")
    {
        var wanted = new List<RoleRow>();
        foreach (var reference in roles)
        {
            if (RoleQueries.Require(transaction, reference, member).Failed(out var problem, out var role)
                || (problem = AuthorityRules.MayGrantRole(transaction, caller, role.Id)) is not null)
            {
                return problem;
            }

            wanted.Add(role);
        }

        ActorQueries.DeleteRoles(transaction, actor);
        wanted.ForEach(role => ActorQueries.AddRole(transaction, actor, role.Id));
        return null;
    }

    /// <summary>Makes these the actor's groups; the refusal, or null.</summary>
    public static Problem? SetGroups(StoreTransaction transaction, Caller caller, Guid actor, IReadOnlyList<string> groups)
    {
        var current = AuthorityQueries.Groups(transaction, actor);
        var wanted = new List<GroupRow>();
        foreach (var reference in groups)
        {
            if (GroupQueries.Require(transaction, reference, "groups").Failed(out var problem, out var group))
            {
                return problem;
            }

            wanted.Add(group);
            if (!current.Contains(group.Key) && AuthorityRules.MayGrantGroup(transaction, caller, group.Id) is { } refusal)
            {
                return refusal;
            }
        }

        GroupQueries.DeleteMemberships(transaction, actor);
        wanted.ForEach(group => GroupQueries.AddMember(transaction, group, actor));
        return null;
    }

    public static Problem NotFound(IUserReference reference) =>
        new(ProblemCatalogue.UserNotFound, $"User '{(string.IsNullOrEmpty(reference.Username) ? reference.Id : reference.Username)}' not found.");
}
