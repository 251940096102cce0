namespace Medatarun.Client.JobTokens;

/// <summary>A token in a file that an environment variable names.</summary>
internal sealed class NamedFileToken(JobEnvironment environment) : IJobTokenPlace
{
    public const string Variable = "MEDATARUN_TOKEN_FILE";

    public string Description => $"the file that {Variable} names";

    public string? Hint => null;

    public Task<JobToken?> FindAsync(JobTokenRequest request, Action<RequestReport>? observe, CancellationToken cancellationToken) =>
        Task.FromResult(environment.Variable(Variable) is { } path ? Read(path) : null);

    // Whoever names a file means that one: another token would sign in somebody else.
    private JobToken Read(string path) =>
        TokenFile.Read(environment, path, KubernetesToken.IsPod(environment) ? JobTokenSource.Kubernetes : JobTokenSource.TokenFile)
        ?? throw new MedatarunException(
            ClientProblems.FederatedTokenUnavailable, $"The file {path}, which {Variable} names, is not there or is empty.");
}
