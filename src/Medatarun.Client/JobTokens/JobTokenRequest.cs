namespace Medatarun.Client.JobTokens;

/// <summary>What a job's token is wanted for.</summary>
public sealed record JobTokenRequest
{
    /// <summary>For whom the token is to be, where it can be asked for: GitHub Actions. Default: what is asked decides.</summary>
    public string? Audience { get; init; }

    /// <summary>The environment variable that holds the token; nothing else is looked at then. Default: every place there is.</summary>
    public string? Variable { get; init; }

    /// <summary>On Azure DevOps, the id of the service connection whose token is wanted. Default: the pipeline's own.</summary>
    public string? ServiceConnectionId { get; init; }
}
