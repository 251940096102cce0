using System.Management.Automation;
using Medatarun.Contracts.Auth;
using Medatarun.PowerShell.Objects;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Commands;

/// <summary>Makes API tokens, which live until they are revoked unless told otherwise. The value is shown this once.</summary>
[Cmdlet(VerbsCommon.New, "MedatarunApiToken", SupportsShouldProcess = true, DefaultParameterSetName = ExpiresInSet)]
[OutputType(typeof(MedatarunApiToken), typeof(string))]
[MedatarunOperation("auth/api_token_create")]
public sealed class NewMedatarunApiTokenCommand : ConnectedCmdlet
{
    private const string ExpiresInSet = "ExpiresIn";
    private const string ExpiresAtSet = "ExpiresAt";

    /// <summary>What the token is for, 1 to 100 characters.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public string Name { get; set; } = string.Empty;

    /// <summary>The username or service account whose it will be. Default: your own.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("UserName", "Subject")]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(ActorNameCompleter))]
    public string? User { get; set; }

    /// <summary>The permissions that it is cut to: keys, or permission objects. Default: all that its owner holds at each request.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Permissions")]
    [AllowNull]
    [AllowEmptyCollection]
    [TextList("Key", "Permission")]
    [ArgumentCompleter(typeof(PermissionCompleter))]
    public string[]? Permission { get; set; }

    /// <summary>How long it lives, at least a minute. Default: until it is revoked.</summary>
    [Parameter(ParameterSetName = ExpiresInSet)]
    public TimeSpan ExpiresIn { get; set; }

    /// <summary>Until when it lives.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ExpiresAtSet)]
    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>Returns the value alone, as text, to be piped into a secret store.</summary>
    [Parameter]
    public SwitchParameter AsPlainText { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ShouldProcess(Name, string.IsNullOrEmpty(User) ? "Create API token" : $"Create API token of {User}")
            && TryInvoke(Name, TokenOperations.ApiTokenCreate, Request(), out var answer))
        {
            WriteObject(AsPlainText ? answer.Token.Reveal() : new MedatarunApiToken(answer.ApiToken, answer.Token));
        }
    }

    private ApiTokenCreateRequest Request() => new()
    {
        Name = Name,
        Username = string.IsNullOrEmpty(User) ? null : User,
        // A list that turned out empty is sent: to leave it out would give the token everything.
        Permissions = IsBound(nameof(Permission)) ? Permission ?? [] : null,
        ExpiresIn = IsBound(nameof(ExpiresAt)) ? Lifetime.Seconds(ExpiresAt - Context.Client.Options.TimeProvider.GetUtcNow())
            : IsBound(nameof(ExpiresIn)) ? Lifetime.Seconds(ExpiresIn)
            : null,
    };
}
