using Medatarun.Contracts.Auth;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Access;

/// <summary>Shows one actor.</summary>
internal sealed class ActorGetHandler() : StoreHandler<ActorReference, ActorInfo>(ActorOperations.ActorGet)
{
    protected override Outcome<ActorInfo> Run(StoreTransaction transaction, ActorReference request, Caller caller, DateTimeOffset now) =>
        ActorRules.Require(transaction, request.ActorId!).Failed(out var problem, out var actor)
            ? problem
            : ActorQueries.Info(transaction, actor);
}
