using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Medatarun.Server.Users;

namespace Medatarun.Server.State;

/// <summary>What users and service accounts have in common: whether they are disabled, their roles and their groups.</summary>
internal static class Connections
{
    /// <summary>Changes what differs; the refusal, or null.</summary>
    public static Problem? Set(
        StateWork work, StateStep step, ActorRow actor, bool? disabled, IReadOnlyList<string>? roles, IReadOnlyList<string>? groups) =>
        (step.Changes("disabled") ? SetDisabled(work, actor, disabled == true) : null)
        ?? (step.Changes("roles") ? UserRules.SetRoles(work.Transaction, work.Caller, actor.Id, StateThings.Keys(roles)) : null)
        ?? (step.Changes("groups") ? UserRules.SetGroups(work.Transaction, work.Caller, actor.Id, StateThings.Keys(groups)) : null);

    private static Problem? SetDisabled(StateWork work, ActorRow actor, bool disabled) => disabled
        ? ActorRules.SwitchOff(work.Transaction, actor, work.Caller, work.Now)
        : ActorRules.Enable(work.Transaction, actor, work.Caller);
}
