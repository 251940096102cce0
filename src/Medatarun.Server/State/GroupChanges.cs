using Medatarun.Contracts.State;
using Medatarun.Server.Access;
using Medatarun.Server.Groups;
using Medatarun.Server.Operations;

namespace Medatarun.Server.State;

/// <summary>Makes, changes and deletes groups.</summary>
internal static class GroupChanges
{
    public static Problem? Take(StateWork work, StateStep step)
    {
        var found = GroupQueries.Find(work.Transaction, step.Difference.Name);
        if (step.Wanted is not StateGroup wanted)
        {
            GroupQueries.Delete(work.Transaction, found!);
            return null;
        }

        var group = (found ?? new GroupRow(Guid.CreateVersion7(work.Now).ToString(), wanted.Key!, "", work.Now)) with
        {
            Description = wanted.Description ?? found!.Description,
        };
        if (found is null)
        {
            GroupQueries.Insert(work.Transaction, group);
        }
        else
        {
            GroupQueries.Update(work.Transaction, group);
        }

        return wanted.Roles is { } roles ? SetRoles(work, group, roles) : null;
    }

    private static Problem? SetRoles(StateWork work, GroupRow group, IReadOnlyList<string> roles)
    {
        var held = GroupQueries.Info(work.Transaction, group).Roles;
        foreach (var surplus in held.Except(roles))
        {
            GroupQueries.DeleteRole(work.Transaction, group, RoleQueries.Find(work.Transaction, surplus)!);
        }

        foreach (var missing in roles.Except(held))
        {
            if (RoleQueries.Require(work.Transaction, missing, "roles").Failed(out var problem, out var role)
                || (problem = AuthorityRules.MayGrantRole(work.Transaction, work.Caller, role.Id)) is not null)
            {
                return problem;
            }

            GroupQueries.AddRole(work.Transaction, group, role);
        }

        return null;
    }
}
