using System.Management.Automation;
using System.Security;
using Medatarun.Client;
using Medatarun.Contracts.Auth;
using Medatarun.PowerShell.Connection;
using Medatarun.PowerShell.Errors;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Commands;

/// <summary>Turns a server's one-time bootstrap secret into its first administrator, and returns their sign-in.</summary>
[Cmdlet(VerbsData.Initialize, "MedatarunAdmin", SupportsShouldProcess = true)]
[OutputType(typeof(MedatarunContext))]
[MedatarunOperation("auth/admin_bootstrap")]
public sealed class InitializeMedatarunAdminCommand : MedatarunCmdlet
{
    /// <summary>The server's address. Default: MEDATARUN_PUBLIC_BASE_URL, else http://localhost:8080.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNull]
    public Uri? Url { get; set; }

    /// <summary>The name and password of the administrator to be.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Credential]
    public PSCredential Credential { get; set; } = PSCredential.Empty;

    /// <summary>The secret; Start-MedatarunServer hands it on while there is no administrator.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [SecretText]
    public SecureString? BootstrapSecret { get; set; }

    /// <summary>The administrator's full name. Default: Administrator.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string FullName { get; set; } = "Administrator";

    /// <summary>Allows plain http to another machine than this one.</summary>
    [Parameter]
    public SwitchParameter AllowInsecure { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            if (BootstrapSecret is not { Length: > 0 } secret)
            {
                throw new MedatarunException(ModuleProblems.BootstrapSecretMissing);
            }

            var server = ServerAddress.Open(Url, AllowInsecure);
            if (ShouldProcess(server.BaseUrl.ToString(), $"Make {Credential.UserName} the first administrator"))
            {
                WriteObject(Await((observe, stop) => BootstrapAsync(server, secret, observe, stop)));
            }
        }
        catch (MedatarunException exception)
        {
            Report(exception, Credential.UserName);
        }
    }

    private async Task<MedatarunContext> BootstrapAsync(
        MedatarunConnection server, SecureString secret, Action<RequestReport> observe, CancellationToken stop)
    {
        var request = new AdminBootstrapRequest
        {
            Secret = SecureText.Reveal(secret),
            Username = Credential.UserName,
            Fullname = FullName,
            Password = SecureText.Reveal(Credential.Password),
        };
        var answer = await server.InvokeAsync(AuthOperations.AdminBootstrap, request, observe, stop);
        return await ConnectionStore.LookUpAsync(server.WithSignIn(answer), ConnectionSource.Bootstrap, observe, stop);
    }
}
