using Medatarun.Server.External;

namespace Medatarun.Server.Sessions;

/// <summary>How a session is opened.</summary>
internal sealed record SessionTerms
{
    /// <summary>The lifetime of the access token; null for the configured one.</summary>
    public TimeSpan? Lifetime { get; init; }

    /// <summary>Whether the session can be refreshed.</summary>
    public bool Offline { get; init; }

    /// <summary>The token of another issuer that it is exchanged for; null for any other session.</summary>
    public ExternalToken? Exchanged { get; init; }
}
