using Medatarun.Contracts.Auth;
using Medatarun.Contracts.State;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Medatarun.Server.Users;

namespace Medatarun.Server.State;

/// <summary>Makes, changes and deletes users.</summary>
internal static class UserChanges
{
    public static Problem? Take(StateWork work, StateStep step)
    {
        var found = UserQueries.FindByName(work.Transaction, step.Difference.Name);
        return step.Wanted is not StateUser wanted ? ActorRules.Delete(work.Transaction, Actor(work, found!.Id), work.Caller, work.Now)
            : found is null ? Make(work, wanted)
            : Change(work, step, found, wanted);
    }

    private static Problem? Make(StateWork work, StateUser wanted)
    {
        var asked = new UserCreateRequest
        {
            Username = wanted.Username, Fullname = wanted.Fullname, Email = wanted.Email, Disabled = wanted.Disabled,
        };
        if (NewUser.Parse(asked).Failed(out var problem, out var user))
        {
            return problem;
        }

        var row = user.ToRow(work.Hashes.GetValueOrDefault(wanted.Username!), work.Now);
        UserQueries.Insert(work.Transaction, row, work.Issuer);
        return UserRules.SetRoles(work.Transaction, work.Caller, row.Id, wanted.Roles!)
            ?? UserRules.SetGroups(work.Transaction, work.Caller, row.Id, wanted.Groups!);
    }

    private static Problem? Change(StateWork work, StateStep step, UserRow found, StateUser wanted)
    {
        if (step.Changes("fullname") || step.Changes("email"))
        {
            UserQueries.SetProfile(work.Transaction, found with
            {
                Fullname = wanted.Fullname ?? found.Fullname,
                Email = wanted.Email is { } email ? email.Length > 0 ? email : null : found.Email,
            });
        }

        return Connections.Set(work, step, Actor(work, found.Id), wanted.Disabled, wanted.Roles, wanted.Groups);
    }

    private static ActorRow Actor(StateWork work, Guid id) => ActorQueries.Find(work.Transaction, id)!;
}
