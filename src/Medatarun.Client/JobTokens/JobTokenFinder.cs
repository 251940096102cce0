namespace Medatarun.Client.JobTokens;

/// <summary>
/// Finds the token that a pipeline's job was given: first where somebody put one on purpose (a variable, a file that a variable names), then
/// where the platforms offer theirs (GitHub Actions, Azure DevOps, Kubernetes). The first place that has one is taken.
/// </summary>
/// <param name="environment">What the job sees. Default: the environment and the files of this process.</param>
/// <param name="http">Asks the platforms. Default: one that follows no redirect.</param>
/// <param name="patience">The longest that a platform is waited for. Default: 10 seconds.</param>
public sealed class JobTokenFinder(JobEnvironment? environment = null, HttpClient? http = null, TimeSpan? patience = null)
{
    private readonly JobEnvironment environment = environment ?? new();

    /// <summary>Finds the token.</summary>
    /// <param name="request">What it is wanted for.</param>
    /// <param name="observe">Told of each request that is made.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="MedatarunException">
    /// <c>no_federated_token</c>: there is none; the message says what was looked at. <c>federated_token_unavailable</c>: there should be one, and
    /// it could not be had. <c>invalid_url</c>, <c>insecure_url</c>: a platform's address is not https.
    /// </exception>
    public async Task<JobToken> FindAsync(
        JobTokenRequest request, Action<RequestReport>? observe = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var places = Places(request);
        foreach (var place in places)
        {
            if (await place.FindAsync(request, observe, cancellationToken).ConfigureAwait(false) is { } token)
            {
                return token;
            }
        }

        throw new MedatarunException(ClientProblems.NoFederatedToken, string.Join(' ',
            places.Select(place => place.Hint).OfType<string>()
                .Prepend($"{ClientProblems.NoFederatedToken.Detail} Looked at: {string.Join("; ", places.Select(place => place.Description))}.")));
    }

    private IReadOnlyList<IJobTokenPlace> Places(JobTokenRequest request)
    {
        if (request.Variable is { } variable)
        {
            return [new VariableToken(environment, variable)];
        }

        var endpoint = new TokenEndpoint(http, patience ?? TimeSpan.FromSeconds(10));
        return
        [
            new VariableToken(environment, VariableToken.DefaultName), new NamedFileToken(environment),
            new GitHubActionsToken(environment, endpoint), new AzureDevOpsToken(environment, endpoint), new KubernetesToken(environment),
        ];
    }
}
