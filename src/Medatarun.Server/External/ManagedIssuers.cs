using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;

namespace Medatarun.Server.External;

/// <summary>Issuers of the configuration: what stands there is changed there.</summary>
internal static class ManagedIssuers
{
    /// <summary>The refusal of changing an issuer that the configuration has, or null.</summary>
    public static Problem? Refusal(TrustedIssuer issuer) => issuer.Managed
        ? new Problem(ProblemCatalogue.Managed, $"'{issuer.Name}' stands in the server's configuration and is changed there.")
        : null;
}
