namespace Medatarun.Client.JobTokens;

/// <summary>The token of a job of GitHub Actions, which asks for it at an address of its own with a token of its own.</summary>
internal sealed class GitHubActionsToken(JobEnvironment environment, TokenEndpoint endpoint) : IJobTokenPlace
{
    private const string Address = "ACTIONS_ID_TOKEN_REQUEST_URL";
    private const string Bearer = "ACTIONS_ID_TOKEN_REQUEST_TOKEN";

    public string Description => $"GitHub Actions ({Address} and {Bearer})";

    public string? Hint => environment.Variable("GITHUB_ACTIONS") == "true"
        ? "This is GitHub Actions: give the job 'permissions: id-token: write'."
        : null;

    public async Task<JobToken?> FindAsync(
        JobTokenRequest request, Action<RequestReport>? observe, CancellationToken cancellationToken)
    {
        if (environment.Variable(Address) is not { } address || environment.Variable(Bearer) is not { } bearer)
        {
            return null;
        }

        var question = new TokenQuestion(HttpMethod.Get, Address, address, bearer, "value");
        var token = await endpoint
            .AskAsync(request.Audience is { } audience ? question.With("audience", audience) : question, observe, cancellationToken)
            .ConfigureAwait(false);
        return new JobToken(token, JobTokenSource.GitHubActions, $"the address in {Address}");
    }
}
