using Medatarun.Contracts.Problems;

namespace Medatarun.Server.Http.OAuth;

/// <summary>Refusals that only the OAuth endpoints know.</summary>
internal static class OAuthProblems
{
    /// <summary>RFC 6749 §5.2.</summary>
    public static ProblemDefinition UnsupportedGrantType { get; } = new(
        "unsupported_grant_type", 400, "Unsupported grant type", "This server does not know this grant type.",
        "The grant types are listed in /.well-known/oauth-authorization-server.");

    /// <summary>RFC 8693 §2.2.2.</summary>
    public static ProblemDefinition InvalidTarget { get; } = new(
        "invalid_target", 400, "Invalid target", "Tokens are made here for this server alone.",
        "Leave 'audience' and 'resource' out, or name this server's audience or address.");
}
