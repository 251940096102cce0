namespace Medatarun.Contracts.Auth;

/// <summary>A new API token, with its value for this once.</summary>
public sealed record ApiTokenCreateResponse
{
    /// <summary>The API token.</summary>
    public required ApiTokenInfo ApiToken { get; init; }

    /// <summary>Its value. It is not kept and cannot be shown again.</summary>
    public required Secret Token { get; init; }
}
