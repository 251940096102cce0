using Medatarun.Contracts;
using Medatarun.Contracts.Auth;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.External;

/// <summary>Deletes a trusted issuer with its rules and the sessions that its tokens were exchanged for.</summary>
internal sealed class IssuerDeleteHandler() : StoreHandler<IssuerReference, StatusResponse>(IssuerOperations.IssuerDelete)
{
    protected override string? Target(IssuerReference request) => request.Name;

    protected override Outcome<StatusResponse> Run(
        StoreTransaction transaction, IssuerReference request, Caller caller, DateTimeOffset now)
    {
        if (TrustedIssuerQueries.Require(transaction, request.Name!).Failed(out var problem, out var issuer)
            || (problem = ManagedIssuers.Refusal(issuer)) is not null)
        {
            return problem;
        }

        TrustedIssuerQueries.Delete(transaction, issuer);
        return StatusResponse.Ok;
    }
}
