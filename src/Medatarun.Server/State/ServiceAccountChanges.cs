using Medatarun.Contracts.State;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Medatarun.Server.Users;

namespace Medatarun.Server.State;

/// <summary>Makes, changes and deletes service accounts.</summary>
internal static class ServiceAccountChanges
{
    public static Problem? Take(StateWork work, StateStep step)
    {
        var found = ActorQueries.FindService(work.Transaction, step.Difference.Name);
        if (step.Wanted is not StateServiceAccount wanted)
        {
            return ActorRules.Delete(work.Transaction, found!, work.Caller, work.Now);
        }

        if (found is null)
        {
            return Make(work, wanted);
        }

        if (step.Changes("fullname"))
        {
            ActorQueries.SetFullName(work.Transaction, found.Id, wanted.Fullname!);
        }

        return Connections.Set(work, step, found, wanted.Disabled, wanted.Roles, wanted.Groups);
    }

    // Whoever applies the state answers for it, as for one that they make by hand.
    private static Problem? Make(StateWork work, StateServiceAccount wanted)
    {
        if (Username.Parse(wanted.Name!, "name").Failed(out var problem, out var name)
            || FullName.Parse(wanted.Fullname!).Failed(out problem, out var fullname)
            || ServiceAccounts.Create(work.Transaction, work.Issuer, name, fullname, work.Caller.ActorId, work.Now).Failed(out problem, out var actor))
        {
            return problem;
        }

        if (wanted.Disabled == true)
        {
            ActorQueries.SetDisabled(work.Transaction, actor.Id, work.Now);
        }

        return UserRules.SetRoles(work.Transaction, work.Caller, actor.Id, wanted.Roles!)
            ?? UserRules.SetGroups(work.Transaction, work.Caller, actor.Id, wanted.Groups!);
    }
}
