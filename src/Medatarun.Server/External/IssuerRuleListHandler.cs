using Medatarun.Contracts.Auth;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.External;

/// <summary>Lists the rules of one trusted issuer, or of all.</summary>
internal sealed class IssuerRuleListHandler()
    : StoreHandler<IssuerRuleListRequest, IReadOnlyList<IssuerRuleInfo>>(IssuerOperations.IssuerRuleList)
{
    protected override Outcome<IReadOnlyList<IssuerRuleInfo>> Run(
        StoreTransaction transaction, IssuerRuleListRequest request, Caller caller, DateTimeOffset now)
    {
        Guid? issuer = null;
        if (!string.IsNullOrEmpty(request.IssuerName))
        {
            if (TrustedIssuerQueries.Require(transaction, request.IssuerName, "issuer_name").Failed(out var problem, out var found))
            {
                return problem;
            }

            issuer = found.Id;
        }

        return Outcome<IReadOnlyList<IssuerRuleInfo>>.Of(
            IssuerRuleQueries.List(transaction, issuer).ConvertAll(rule => IssuerRuleQueries.Info(transaction, rule)));
    }
}
