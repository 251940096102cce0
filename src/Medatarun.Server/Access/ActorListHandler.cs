using Medatarun.Contracts;
using Medatarun.Contracts.Auth;
using Medatarun.Server.Operations;

namespace Medatarun.Server.Access;

/// <summary>Lists every actor.</summary>
internal sealed class ActorListHandler() : OperationHandler<EmptyRequest, IReadOnlyList<ActorInfo>>(AuthOperations.ActorList)
{
    public override ValueTask<Outcome<Prepared<IReadOnlyList<ActorInfo>>>> PrepareAsync(
        EmptyRequest request, CallContext call, CancellationToken cancellationToken) =>
        new(Prepared<IReadOnlyList<ActorInfo>>.InStore(
            transaction => Outcome<IReadOnlyList<ActorInfo>>.Of(ActorQueries.List(transaction))));
}
