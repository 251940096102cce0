using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;
using Medatarun.Server.Sessions;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Access;

/// <summary>What operations about one actor share.</summary>
internal static class ActorRules
{
    /// <summary>The actor that a request names, or the refusal that says there is none.</summary>
    public static Outcome<ActorRow> Require(StoreTransaction transaction, string id) =>
        Guid.TryParse(id, out var parsed) && ActorQueries.Find(transaction, parsed) is { } actor
            ? actor
            : Problem.OfMember(ProblemCatalogue.ActorNotFound, "actorId", $"Actor '{id}' not found.");

    /// <summary>Disables an actor and ends their sessions; the refusal, or null. Whoever is disabled already stays so.</summary>
    public static Problem? Disable(StoreTransaction transaction, ActorRow actor, Caller caller, DateTimeOffset now) =>
        SwitchOff(transaction, actor, caller, now) ?? AuthorityRules.AdminRemains(transaction, actor.Subject);

    /// <summary>Disables an actor as a part of a larger change, whose end it is to ask whether an administrator remains; the refusal, or null.</summary>
    public static Problem? SwitchOff(StoreTransaction transaction, ActorRow actor, Caller caller, DateTimeOffset now)
    {
        if (actor.Id == caller.ActorId)
        {
            return new Problem(ProblemCatalogue.NotYourself, "You cannot disable your own account.");
        }

        if (AuthorityRules.MayChange(transaction, caller, actor.Id) is { } problem)
        {
            return problem;
        }

        if (actor.DisabledAt is not null)
        {
            return null;
        }

        ActorQueries.SetDisabled(transaction, actor.Id, now);
        SessionQueries.EndAll(transaction, actor.Id, now);
        return null;
    }

    /// <summary>Deletes a user or service account for good; the refusal, or null. Whether an administrator remains is asked after it.</summary>
    public static Problem? Delete(StoreTransaction transaction, ActorRow actor, Caller caller, DateTimeOffset now)
    {
        if (actor.Id == caller.ActorId)
        {
            return new Problem(ProblemCatalogue.NotYourself, "You cannot delete your own account.");
        }

        if (AuthorityRules.MayChange(transaction, caller, actor.Id) is { } problem)
        {
            return problem;
        }

        ActorQueries.Delete(transaction, actor.Id, actor.Subject, now);
        return null;
    }

    /// <summary>Enables an actor again; the refusal, or null. Sessions that were ended stay ended.</summary>
    public static Problem? Enable(StoreTransaction transaction, ActorRow actor, Caller caller)
    {
        if (AuthorityRules.MayChange(transaction, caller, actor.Id) is { } problem)
        {
            return problem;
        }

        ActorQueries.SetDisabled(transaction, actor.Id, null);
        return null;
    }
}
