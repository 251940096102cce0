using Medatarun.Contracts.Operations;

namespace Medatarun.Contracts.Auth;

/// <summary>Exchanges a token of a trusted issuer for a session of this server.</summary>
public sealed record TokenExchangeRequest
{
    /// <summary>The token of the trusted issuer.</summary>
    [Member("The token of the trusted issuer.", Required = true)]
    public Secret? Token { get; init; }
}
