using Medatarun.Contracts.Auth;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.External;

/// <summary>Shows one trusted issuer.</summary>
internal sealed class IssuerGetHandler() : StoreHandler<IssuerReference, IssuerInfo>(IssuerOperations.IssuerGet)
{
    protected override Outcome<IssuerInfo> Run(StoreTransaction transaction, IssuerReference request, Caller caller, DateTimeOffset now) =>
        TrustedIssuerQueries.Require(transaction, request.Name!).Failed(out var problem, out var issuer)
            ? problem
            : TrustedIssuerQueries.Info(issuer);
}
