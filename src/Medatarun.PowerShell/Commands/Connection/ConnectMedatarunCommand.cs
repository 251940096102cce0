using System.Management.Automation;
using System.Security;
using Medatarun.Client;
using Medatarun.Client.JobTokens;
using Medatarun.Contracts;
using Medatarun.PowerShell.Connection;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Commands;

/// <summary>Signs in at a server, and keeps the sign-in for the cmdlets that follow, in memory alone.</summary>
[Cmdlet(VerbsCommunications.Connect, "Medatarun", DefaultParameterSetName = CredentialSet)]
[OutputType(typeof(MedatarunContext))]
[MedatarunOperation("auth/login")]
[MedatarunOperation("auth/token_exchange")]
public sealed class ConnectMedatarunCommand : MedatarunCmdlet
{
    private const string CredentialSet = "Credential";
    private const string TokenSet = "AccessToken";
    private const string FederatedSet = "FederatedToken";
    private const string EnvironmentSet = "FromEnvironment";
    private const string ConnectionSet = "Connection";

    /// <summary>The server's address. Default: MEDATARUN_PUBLIC_BASE_URL, else http://localhost:8080.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = CredentialSet)]
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = TokenSet)]
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = FederatedSet)]
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = EnvironmentSet)]
    [ValidateNotNull]
    public Uri? Url { get; set; }

    /// <summary>The name (or e-mail address) and password.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true, ParameterSetName = CredentialSet)]
    [Credential]
    public PSCredential Credential { get; set; } = PSCredential.Empty;

    /// <summary>An access token, instead of a name and password.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = TokenSet)]
    [SecretText]
    public SecureString AccessToken { get; set; } = new();

    /// <summary>A token of another issuer that the server trusts, to be exchanged for a session.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = FederatedSet)]
    [SecretText]
    public SecureString FederatedToken { get; set; } = new();

    /// <summary>Exchanges the token that a pipeline's job was given: GitHub Actions, GitLab CI, Azure DevOps, Kubernetes, or a variable.</summary>
    [Parameter(Mandatory = true, ParameterSetName = EnvironmentSet)]
    public SwitchParameter FromEnvironment { get; set; }

    /// <summary>For whom GitHub Actions is to make the job's token. Default: the server's address.</summary>
    [Parameter(ParameterSetName = EnvironmentSet)]
    [ValidateNotNullOrEmpty]
    public string? Audience { get; set; }

    /// <summary>The environment variable that holds the job's token. Default: MEDATARUN_ID_TOKEN, and then the other places.</summary>
    [Parameter(ParameterSetName = EnvironmentSet)]
    [ValidateNotNullOrEmpty]
    public string? Variable { get; set; }

    /// <summary>On Azure DevOps, the service connection whose token is used. Default: the pipeline's own token.</summary>
    [Parameter(ParameterSetName = EnvironmentSet)]
    [ValidateNotNullOrEmpty]
    public string? ServiceConnectionId { get; set; }

    /// <summary>A sign-in that exists: of Initialize-MedatarunAdmin, New-MedatarunToken, or another Connect-Medatarun.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ConnectionSet)]
    [TokenAsConnection]
    [ValidateNotNull]
    public MedatarunContext? Connection { get; set; }

    /// <summary>Allows plain http to another machine than this one.</summary>
    [Parameter(ParameterSetName = CredentialSet)]
    [Parameter(ParameterSetName = TokenSet)]
    [Parameter(ParameterSetName = FederatedSet)]
    [Parameter(ParameterSetName = EnvironmentSet)]
    public SwitchParameter AllowInsecure { get; set; }

    /// <summary>Returns the connection.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            // Kept only once the server has accepted it, so that a bad one leaves the connection before it in place.
            var context = ParameterSetName == EnvironmentSet ? SignInByJob() : Await(SignInAsync);
            ConnectionStore.Keep(context);
            if (PassThru)
            {
                WriteObject(context);
            }
        }
        catch (MedatarunException exception)
        {
            // Whatever the reason: what follows must not run under the identity before.
            End(exception, Url ?? Connection?.Url);
        }
    }

    private static ConnectionSource SourceOf(JobTokenSource source) => source switch
    {
        JobTokenSource.TokenVariable => ConnectionSource.TokenVariable,
        JobTokenSource.TokenFile => ConnectionSource.TokenFile,
        JobTokenSource.GitLabCI => ConnectionSource.GitLabCI,
        JobTokenSource.GitHubActions => ConnectionSource.GitHubActions,
        JobTokenSource.AzureDevOps => ConnectionSource.AzureDevOps,
        _ => ConnectionSource.Kubernetes,
    };

    private static async Task<MedatarunContext> ExchangeAsync(
        MedatarunConnection server, Secret token, ConnectionSource source, Action<RequestReport> observe, CancellationToken stop)
    {
        var signedIn = await server.ExchangeTokenAsync(token, observe, stop);
        return await ConnectionStore.LookUpAsync(signedIn, source, observe, stop);
    }

    private MedatarunContext SignInByJob()
    {
        var server = ServerAddress.Open(Url, AllowInsecure);
        var request = new JobTokenRequest
        {
            // What was made for this server is of no use at another one.
            Audience = Audience ?? server.BaseUrl.ToString().TrimEnd('/'),
            Variable = Variable,
            ServiceConnectionId = ServiceConnectionId,
        };
        var found = Await((observe, stop) => new JobTokenFinder().FindAsync(request, observe, stop));
        WriteVerbose($"The job's token is from {found.Place} ({found.Source}).");
        return Await((observe, stop) => ExchangeAsync(server, found.Token, SourceOf(found.Source), observe, stop));
    }

    private async Task<MedatarunContext> SignInAsync(Action<RequestReport> observe, CancellationToken stop)
    {
        if (ParameterSetName == ConnectionSet)
        {
            return await ConnectionStore.LookUpAsync(Connection!.Client, Connection.Origin, observe, stop);
        }

        var server = ServerAddress.Open(Url, AllowInsecure);
        if (ParameterSetName == TokenSet)
        {
            return await ConnectionStore.LookUpAsync(
                server.WithToken(SecureText.Reveal(AccessToken)), ConnectionSource.AccessToken, observe, stop);
        }

        if (ParameterSetName == FederatedSet)
        {
            return await ExchangeAsync(server, SecureText.Reveal(FederatedToken), ConnectionSource.FederatedToken, observe, stop);
        }

        var signedIn = await server.SignInAsync(
            Credential.UserName, SecureText.Reveal(Credential.Password), observe: observe, cancellationToken: stop);
        return await ConnectionStore.LookUpAsync(signedIn, ConnectionSource.Credential, observe, stop);
    }
}
