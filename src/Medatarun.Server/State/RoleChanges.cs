using Medatarun.Contracts.State;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;

namespace Medatarun.Server.State;

/// <summary>Makes, changes and deletes roles.</summary>
internal static class RoleChanges
{
    public static Problem? Take(StateWork work, StateStep step)
    {
        var found = RoleQueries.Find(work.Transaction, step.Difference.Name);
        if (step.Wanted is not StateRole wanted)
        {
            RoleQueries.Delete(work.Transaction, found!);
            return null;
        }

        var role = (found ?? New(work, wanted)) with { Name = wanted.Name ?? found!.Name, Description = wanted.Description ?? found!.Description };
        if (found is null)
        {
            RoleQueries.Insert(work.Transaction, role);
        }
        else
        {
            RoleQueries.Update(work.Transaction, role);
        }

        return wanted.Permissions is { } permissions ? SetPermissions(work, role, permissions) : null;
    }

    private static RoleRow New(StateWork work, StateRole wanted) =>
        new(Guid.CreateVersion7(work.Now).ToString(), wanted.Key!, wanted.Name!, wanted.Description!, Managed: false, AutoAssign: false, work.Now);

    private static Problem? SetPermissions(StateWork work, RoleRow role, IReadOnlyList<string> permissions)
    {
        var held = AuthorityQueries.PermissionsOfRole(work.Transaction, role.Id);
        foreach (var surplus in held.Except(permissions))
        {
            RoleQueries.DeletePermission(work.Transaction, role, surplus);
        }

        foreach (var missing in permissions.Except(held))
        {
            RoleQueries.AddPermission(work.Transaction, role, missing);
        }

        return AuthorityRules.MayGrant(work.Transaction, work.Caller, permissions);
    }
}
