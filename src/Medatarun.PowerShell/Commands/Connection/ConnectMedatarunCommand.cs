using System.Management.Automation;
using System.Security;
using Medatarun.Client;
using Medatarun.PowerShell.Connection;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Commands;

/// <summary>Signs in at a server, and keeps the sign-in for the cmdlets that follow, in memory alone.</summary>
[Cmdlet(VerbsCommunications.Connect, "Medatarun", DefaultParameterSetName = CredentialSet)]
[OutputType(typeof(MedatarunContext))]
[MedatarunOperation("auth/login")]
public sealed class ConnectMedatarunCommand : MedatarunCmdlet
{
    private const string CredentialSet = "Credential";
    private const string TokenSet = "AccessToken";
    private const string ConnectionSet = "Connection";

    /// <summary>The server's address. Default: MEDATARUN_PUBLIC_BASE_URL, else http://localhost:8080.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = CredentialSet)]
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = TokenSet)]
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

    /// <summary>A sign-in that exists: of Initialize-MedatarunAdmin, New-MedatarunToken, or another Connect-Medatarun.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ConnectionSet)]
    [TokenAsConnection]
    [ValidateNotNull]
    public MedatarunContext? Connection { get; set; }

    /// <summary>Allows plain http to another machine than this one.</summary>
    [Parameter(ParameterSetName = CredentialSet)]
    [Parameter(ParameterSetName = TokenSet)]
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
            var context = Await(SignInAsync);
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

        var signedIn = await server.SignInAsync(
            Credential.UserName, SecureText.Reveal(Credential.Password), observe: observe, cancellationToken: stop);
        return await ConnectionStore.LookUpAsync(signedIn, ConnectionSource.Credential, observe, stop);
    }
}
