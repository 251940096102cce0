namespace Medatarun.Client.JobTokens;

/// <summary>The token of a job of Azure DevOps, which asks for it with its access token. For whom it is, Azure DevOps decides.</summary>
internal sealed class AzureDevOpsToken(JobEnvironment environment, TokenEndpoint endpoint) : IJobTokenPlace
{
    private const string Address = "SYSTEM_OIDCREQUESTURI";
    private const string Bearer = "SYSTEM_ACCESSTOKEN";

    public string Description => $"Azure DevOps ({Address} and {Bearer})";

    public string? Hint => environment.Variable(Address) is not null
        ? $"This is Azure DevOps: give the step 'env: {Bearer}: $(System.AccessToken)'."
        : null;

    public async Task<JobToken?> FindAsync(
        JobTokenRequest request, Action<RequestReport>? observe, CancellationToken cancellationToken)
    {
        if (environment.Variable(Address) is not { } address || environment.Variable(Bearer) is not { } bearer)
        {
            return null;
        }

        var question = new TokenQuestion(HttpMethod.Post, Address, address, bearer, "oidcToken").With("api-version", "7.1");
        var token = await endpoint
            .AskAsync(
                request.ServiceConnectionId is { } connection ? question.With("serviceConnectionId", connection) : question,
                observe, cancellationToken)
            .ConfigureAwait(false);
        return new JobToken(token, JobTokenSource.AzureDevOps, $"the address in {Address}");
    }
}
