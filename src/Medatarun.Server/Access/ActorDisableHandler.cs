using Medatarun.Contracts.Auth;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Access;

/// <summary>Disables an actor and ends their sessions.</summary>
internal sealed class ActorDisableHandler() : ActorChangeHandler<ActorReference>(ActorOperations.ActorDisable)
{
    protected override string Reference(ActorReference request) => request.ActorId!;

    protected override Problem? Change(
        StoreTransaction transaction, ActorRow actor, ActorReference request, Caller caller, DateTimeOffset now) =>
        ActorRules.Disable(transaction, actor, caller, now);
}
