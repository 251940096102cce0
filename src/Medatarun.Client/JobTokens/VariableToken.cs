using Medatarun.Contracts;

namespace Medatarun.Client.JobTokens;

/// <summary>A token in an environment variable: GitLab CI fills the one that the job's <c>id_tokens</c> names, and anybody may.</summary>
internal sealed class VariableToken(JobEnvironment environment, string name) : IJobTokenPlace
{
    public const string DefaultName = "MEDATARUN_ID_TOKEN";

    public string Description => $"the variable {name}";

    public string? Hint => IsGitLab ? $"This is GitLab CI: give the job 'id_tokens' with {name}." : null;

    private bool IsGitLab => environment.Variable("GITLAB_CI") == "true";

    public Task<JobToken?> FindAsync(JobTokenRequest request, Action<RequestReport>? observe, CancellationToken cancellationToken) =>
        Task.FromResult(environment.Variable(name) is { } token
            ? new JobToken(new Secret(token), IsGitLab ? JobTokenSource.GitLabCI : JobTokenSource.TokenVariable, Description)
            : null);
}
