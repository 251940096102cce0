using Medatarun.Contracts;
using Medatarun.Contracts.Auth;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.External;

/// <summary>Lists every trusted issuer.</summary>
internal sealed class IssuerListHandler() : StoreHandler<EmptyRequest, IReadOnlyList<IssuerInfo>>(IssuerOperations.IssuerList)
{
    protected override Outcome<IReadOnlyList<IssuerInfo>> Run(
        StoreTransaction transaction, EmptyRequest request, Caller caller, DateTimeOffset now) =>
        Outcome<IReadOnlyList<IssuerInfo>>.Of(TrustedIssuerQueries.List(transaction).ConvertAll(TrustedIssuerQueries.Info));
}
