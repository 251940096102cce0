using System.Management.Automation;
using Medatarun.Client;
using Medatarun.Contracts.Auth;
using Medatarun.PowerShell.Connection;
using Medatarun.PowerShell.Objects;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Commands;

/// <summary>Signs in and returns the access token, without touching the connection that is kept.</summary>
[Cmdlet(VerbsCommon.New, "MedatarunToken", SupportsShouldProcess = true)]
[OutputType(typeof(MedatarunToken))]
[MedatarunOperation("auth/login")]
public sealed class NewMedatarunTokenCommand : MedatarunCmdlet
{
    /// <summary>
    /// The server's address. Default: that of the kept connection, else MEDATARUN_PUBLIC_BASE_URL, else http://localhost:8080.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNull]
    public Uri? Url { get; set; }

    /// <summary>The name (or e-mail address) and password.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Credential]
    public PSCredential Credential { get; set; } = PSCredential.Empty;

    /// <summary>Allows plain http to another machine than this one.</summary>
    [Parameter]
    public SwitchParameter AllowInsecure { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            var server = Server();
            if (ShouldProcess(server.BaseUrl.ToString(), $"Sign in as {Credential.UserName}"))
            {
                WriteObject(Await((observe, stop) => SignInAsync(server, observe, stop)));
            }
        }
        catch (MedatarunException exception)
        {
            Report(exception, Credential.UserName);
        }
    }

    private MedatarunConnection Server() =>
        Url is null && ConnectionStore.Current is { } kept ? kept.Client.WithoutToken() : ServerAddress.Open(Url, AllowInsecure);

    private async Task<MedatarunToken> SignInAsync(
        MedatarunConnection server, Action<RequestReport> observe, CancellationToken stop)
    {
        var request = LoginRequest.Of(Credential.UserName, SecureText.Reveal(Credential.Password));
        var answer = await server.InvokeAsync(AuthOperations.Login, request, observe, stop);
        return new MedatarunToken(server, answer);
    }
}
