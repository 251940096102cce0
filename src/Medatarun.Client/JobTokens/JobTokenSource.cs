namespace Medatarun.Client.JobTokens;

/// <summary>What gave a job its token.</summary>
public enum JobTokenSource
{
    /// <summary>An environment variable.</summary>
    TokenVariable,

    /// <summary>A file that <c>MEDATARUN_TOKEN_FILE</c> names.</summary>
    TokenFile,

    /// <summary>GitLab CI: an environment variable that the job's <c>id_tokens</c> fills.</summary>
    GitLabCI,

    /// <summary>GitHub Actions: the address that a job with <c>id-token: write</c> may ask.</summary>
    GitHubActions,

    /// <summary>Azure DevOps: the address that a job may ask with its own access token.</summary>
    AzureDevOps,

    /// <summary>Kubernetes: a file in the pod.</summary>
    Kubernetes,
}
