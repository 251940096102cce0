using System.Management.Automation;
using System.Security;
using Medatarun.Client;
using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.PowerShell.Objects;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Commands;

/// <summary>Creates users.</summary>
[Cmdlet(VerbsCommon.New, "MedatarunUser", SupportsShouldProcess = true)]
[OutputType(typeof(MedatarunUser))]
[MedatarunOperation("auth/user_create")]
public sealed class NewMedatarunUserCommand : PipelinedCreationCmdlet<UserCreateRequest, UserInfo>
{
    /// <summary>The username; it never changes.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    public string UserName { get; set; } = string.Empty;

    /// <summary>The full name.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    public string FullName { get; set; } = string.Empty;

    /// <summary>The password.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [SecretText]
    public SecureString Password { get; set; } = new();

    /// <summary>The e-mail address. Default: none.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? Email { get; set; }

    /// <summary>Makes the user an administrator.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SwitchText]
    public SwitchParameter Admin { get; set; }

    /// <summary>The role. Default: the one that is assigned automatically, else none.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(RoleCompleter))]
    public string? Role { get; set; }

    /// <summary>The groups: keys, ids, or group objects. Default: none.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Groups")]
    [AllowNull]
    [AllowEmptyCollection]
    [TextList("Key", "Group", "Id")]
    [ArgumentCompleter(typeof(GroupCompleter))]
    public string[]? Group { get; set; }

    /// <summary>Makes the account, but disabled.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SwitchText]
    public SwitchParameter Disabled { get; set; }

    private protected override string Action => "Create user";

    private protected override string Target => UserName;

    private protected override ProblemDefinition Taken => ProblemCatalogue.UserAlreadyExists;

    private protected override UserCreateRequest Request() => new()
    {
        Username = UserName,
        Fullname = FullName,
        Password = SecureText.Reveal(Password),
        Admin = Admin.IsPresent,
        Email = NullIfEmpty(Email),
        Role = NullIfEmpty(Role),
        Groups = Group is { Length: > 0 } ? Group : null,
        Disabled = Disabled.IsPresent,
    };

    private protected override Task<UserInfo> CreateAsync(
        UserCreateRequest request, Action<RequestReport> observe, CancellationToken stop) =>
        SendAsync(AuthOperations.UserCreate, request, observe, stop);

    private protected override async Task<UserInfo?> FindAsync(
        UserCreateRequest request, Action<RequestReport> observe, CancellationToken stop)
    {
        try
        {
            var reference = new UserReference { Username = request.Username };
            return await SendAsync(AuthOperations.UserGet, reference, observe, stop).ConfigureAwait(false);
        }
        catch (MedatarunException gone) when (gone.Code == ProblemCatalogue.UserNotFound.Code)
        {
            // The name of a deleted user is taken for good.
            return null;
        }
    }

    private protected override object View(UserInfo item) => new MedatarunUser(item);
}
