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

    /// <summary>The token of another issuer was given, and exchanged.</summary>
    FederatedToken,

    /// <summary>The job's token was in an environment variable, and was exchanged.</summary>
    TokenVariable,

    /// <summary>The job's token was in a file that <c>MEDATARUN_TOKEN_FILE</c> names, and was exchanged.</summary>
    TokenFile,

    /// <summary>GitLab CI gave the job its token, which was exchanged.</summary>
    GitLabCI,

    /// <summary>GitHub Actions gave the job its token, which was exchanged.</summary>
    GitHubActions,

    /// <summary>Azure DevOps gave the job its token, which was exchanged.</summary>
    AzureDevOps,

    /// <summary>Kubernetes gave the pod its token, which was exchanged.</summary>
    Kubernetes,
}
