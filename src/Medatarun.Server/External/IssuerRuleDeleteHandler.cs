using Medatarun.Contracts;
using Medatarun.Contracts.Auth;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.External;

/// <summary>Deletes a rule: what it gave is gone from the next request on.</summary>
internal sealed class IssuerRuleDeleteHandler() : StoreHandler<IssuerRuleReference, StatusResponse>(IssuerOperations.IssuerRuleDelete)
{
    protected override string? Target(IssuerRuleReference request) => $"{request.IssuerName}/{request.Name}";

    protected override Outcome<StatusResponse> Run(
        StoreTransaction transaction, IssuerRuleReference request, Caller caller, DateTimeOffset now)
    {
        if (IssuerRuleQueries.Require(transaction, request.IssuerName!, request.Name!).Failed(out var problem, out var rule))
        {
            return problem;
        }

        IssuerRuleQueries.Delete(transaction, rule);
        return StatusResponse.Ok;
    }
}
