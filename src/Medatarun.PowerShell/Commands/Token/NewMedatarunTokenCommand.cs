using System.Management.Automation;
using Medatarun.Client;
using Medatarun.Contracts.Auth;
using Medatarun.PowerShell.Connection;
using Medatarun.PowerShell.Objects;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Commands;

/// <summary>Returns an access token, of who signs in or of somebody else, without touching the connection that is kept.</summary>
[Cmdlet(VerbsCommon.New, "MedatarunToken", SupportsShouldProcess = true, DefaultParameterSetName = CredentialSet)]
[OutputType(typeof(MedatarunToken))]
[MedatarunOperation("auth/login")]
[MedatarunOperation("auth/token_mint")]
public sealed class NewMedatarunTokenCommand : ConnectedCmdlet
{
    private const string CredentialSet = "Credential";
    private const string PrincipalSet = "Principal";

    /// <summary>
    /// The server's address. Default: that of the connection, else MEDATARUN_PUBLIC_BASE_URL, else http://localhost:8080.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = CredentialSet)]
    [ValidateNotNull]
    public Uri? Url { get; set; }

    /// <summary>The name (or e-mail address) and password.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true, ParameterSetName = CredentialSet)]
    [Credential]
    public PSCredential Credential { get; set; } = PSCredential.Empty;

    /// <summary>Allows plain http to another machine than this one.</summary>
    [Parameter(ParameterSetName = CredentialSet)]
    public SwitchParameter AllowInsecure { get; set; }

    /// <summary>For whom: usernames or names of service accounts. A name that nobody has becomes a service account.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = PrincipalSet)]
    [Alias("UserName", "Name")]
    [IdentityText("UserName", "Subject", "Principal", "Name")]
    [ArgumentCompleter(typeof(ActorNameCompleter))]
    public string[] Principal { get; set; } = [];

    /// <summary>
    /// <c>User</c> or <c>Operator</c>: what a known principal must be, and what an unknown one becomes. Default: any known one, and User
    /// for an unknown one.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = PrincipalSet)]
    [ValidateSet(MedatarunTypes.User, MedatarunTypes.Operator)]
    public string? Type { get; set; }

    /// <summary>How long the token lives, at least a minute and at most a year. Default: as any access token.</summary>
    [Parameter(ParameterSetName = PrincipalSet)]
    public TimeSpan ExpiresIn { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == CredentialSet)
        {
            SignIn();
            return;
        }

        foreach (var principal in Principal)
        {
            Mint(principal);
        }
    }

    private void SignIn()
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
        Url is null && (Connection ?? ConnectionStore.Current) is { } kept
            ? kept.Client.WithoutToken()
            : ServerAddress.Open(Url, AllowInsecure);

    private async Task<MedatarunToken> SignInAsync(
        MedatarunConnection server, Action<RequestReport> observe, CancellationToken stop)
    {
        var request = LoginRequest.Of(Credential.UserName, SecureText.Reveal(Credential.Password));
        var answer = await server.InvokeAsync(AuthOperations.Login, request, observe, stop);
        return new MedatarunToken(server, answer);
    }

    private void Mint(string principal)
    {
        var request = new TokenMintRequest
        {
            Principal = principal,
            // The cmdlet takes it in any case, and the server as it is written.
            Type = Type is null ? null
                : Type.Equals(MedatarunTypes.Operator, StringComparison.OrdinalIgnoreCase) ? MedatarunTypes.Operator
                : MedatarunTypes.User,
            ExpiresIn = IsBound(nameof(ExpiresIn)) ? Lifetime.Seconds(ExpiresIn) : null,
        };
        if (ShouldProcess(principal, "Make an access token")
            && TryInvoke(principal, TokenOperations.TokenMint, request, out var answer))
        {
            WriteObject(new MedatarunToken(Context.Client, answer));
        }
    }
}
