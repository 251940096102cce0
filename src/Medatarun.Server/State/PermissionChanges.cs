using Medatarun.Contracts.State;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;

namespace Medatarun.Server.State;

/// <summary>Registers and deletes permissions. One that is there does not change.</summary>
internal static class PermissionChanges
{
    public static Problem? Take(StateWork work, StateStep step)
    {
        if (step.Wanted is StatePermissionEntry wanted)
        {
            PermissionQueries.Insert(work.Transaction, wanted.Key!, wanted.Description!, wanted.Category!, wanted.Implies!, work.Now);
        }
        else
        {
            PermissionQueries.Delete(work.Transaction, step.Difference.Name);
        }

        return null;
    }
}
