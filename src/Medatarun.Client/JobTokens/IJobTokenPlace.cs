namespace Medatarun.Client.JobTokens;

/// <summary>A place where a job's token may be.</summary>
internal interface IJobTokenPlace
{
    /// <summary>What is looked at, for people.</summary>
    string Description { get; }

    /// <summary>What is missing here although the job seems to run here; null when it runs elsewhere.</summary>
    string? Hint { get; }

    /// <summary>The token; null when there is none here.</summary>
    /// <param name="request">What it is wanted for.</param>
    /// <param name="observe">Told of each request.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="MedatarunException">There should be one, and it could not be had.</exception>
    Task<JobToken?> FindAsync(JobTokenRequest request, Action<RequestReport>? observe, CancellationToken cancellationToken);
}
