using Medatarun.Contracts;
using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Access;

/// <summary>Deletes a service account for good.</summary>
internal sealed class ServiceAccountDeleteHandler()
    : StoreHandler<ServiceAccountReference, StatusResponse>(ActorOperations.ServiceAccountDelete)
{
    protected override string? Target(ServiceAccountReference request) => request.Name;

    protected override Outcome<StatusResponse> Run(
        StoreTransaction transaction, ServiceAccountReference request, Caller caller, DateTimeOffset now)
    {
        if (ActorQueries.FindService(transaction, request.Name!) is not { } actor)
        {
            return new Problem(ProblemCatalogue.ServiceAccountNotFound, $"There is no service account '{request.Name}'.");
        }

        return ActorRules.Delete(transaction, actor, caller, now) is { } problem ? problem : StatusResponse.Ok;
    }
}
