namespace Medatarun.PowerShell.Connection;

/// <summary>Where a connection came from.</summary>
internal enum ConnectionSource
{
    /// <summary>A name and a password were given.</summary>
    Credential,

    /// <summary>An access token was given.</summary>
    AccessToken,

    /// <summary>The first administrator was made with the bootstrap secret.</summary>
    Bootstrap,

    /// <summary>The environment: <c>MEDATARUN_AUTH_TOKEN</c> and <c>MEDATARUN_PUBLIC_BASE_URL</c>.</summary>
    Environment,
}
