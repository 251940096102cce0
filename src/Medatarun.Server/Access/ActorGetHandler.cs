using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;

namespace Medatarun.Server.Access;

/// <summary>Shows one actor.</summary>
internal sealed class ActorGetHandler() : OperationHandler<ActorReference, ActorInfo>(AuthOperations.ActorGet)
{
    public override ValueTask<Outcome<Prepared<ActorInfo>>> PrepareAsync(
        ActorReference request, CallContext call, CancellationToken cancellationToken) =>
        new(Prepared<ActorInfo>.InStore(transaction =>
            Guid.TryParse(request.ActorId, out var id) && ActorQueries.Find(transaction, id) is { } actor
                ? actor
                : new Problem(ProblemCatalogue.ActorNotFound, $"Actor '{request.ActorId}' not found.")));
}
