namespace Medatarun.Client.JobTokens;

/// <summary>The token of a pod, in a file that Kubernetes writes anew before it expires.</summary>
internal sealed class KubernetesToken(JobEnvironment environment) : IJobTokenPlace
{
    /// <summary>Where the documentation has a projected token put, which is made for this server.</summary>
    public const string ProjectedPath = "/var/run/secrets/tokens/medatarun";

    public string Description => $"Kubernetes (the file {ProjectedPath})";

    public string? Hint => IsPod(environment) ? "This is Kubernetes: project a service account token into the pod." : null;

    /// <summary>Whether this seems to run in a pod.</summary>
    public static bool IsPod(JobEnvironment environment) => environment.Variable("KUBERNETES_SERVICE_HOST") is not null;

    public Task<JobToken?> FindAsync(JobTokenRequest request, Action<RequestReport>? observe, CancellationToken cancellationToken) =>
        // Not the token that every pod has: whoever gets that one may do in the cluster what the pod may do.
        Task.FromResult(TokenFile.Read(environment, ProjectedPath, JobTokenSource.Kubernetes));
}
