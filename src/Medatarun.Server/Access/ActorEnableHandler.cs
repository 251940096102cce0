using Medatarun.Contracts.Auth;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Access;

/// <summary>Enables an actor again.</summary>
internal sealed class ActorEnableHandler() : ActorChangeHandler<ActorReference>(ActorOperations.ActorEnable)
{
    protected override string Reference(ActorReference request) => request.ActorId!;

    protected override Problem? Change(
        StoreTransaction transaction, ActorRow actor, ActorReference request, Caller caller, DateTimeOffset now) =>
        ActorRules.Enable(transaction, actor, caller);
}
