using Medatarun.Contracts.State;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;

namespace Medatarun.Server.State;

/// <summary>Changes the settings.</summary>
internal static class SettingsChanges
{
    public static Problem? Take(StateWork work, StateStep step)
    {
        var role = ((StateSettings)step.Wanted!).AutomaticRole!;
        RoleQueries.ClearAutoAssign(work.Transaction);
        if (role.Length == 0)
        {
            return null;
        }

        if (RoleQueries.Require(work.Transaction, role, "automatic_role").Failed(out var problem, out var found)
            || (problem = AuthorityRules.MayGrantRole(work.Transaction, work.Caller, found.Id)) is not null)
        {
            return problem;
        }

        RoleQueries.Update(work.Transaction, found with { AutoAssign = true });
        return null;
    }
}
