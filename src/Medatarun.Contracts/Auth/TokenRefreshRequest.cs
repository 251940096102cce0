using Medatarun.Contracts.Operations;

namespace Medatarun.Contracts.Auth;

/// <summary>Exchanges a refresh token for a new access token and a new refresh token.</summary>
public sealed record TokenRefreshRequest
{
    /// <summary>The refresh token.</summary>
    [Member("The refresh token.", Required = true)]
    public Secret? RefreshToken { get; init; }
}
