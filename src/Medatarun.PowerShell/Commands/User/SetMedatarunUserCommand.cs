using System.Management.Automation;
using Medatarun.Contracts.Auth;
using Medatarun.PowerShell.Objects;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Commands;

/// <summary>Changes what is given of users; what is left out stays.</summary>
[Cmdlet(VerbsCommon.Set, "MedatarunUser", SupportsShouldProcess = true)]
[OutputType(typeof(MedatarunUser))]
[MedatarunOperation("auth/user_update")]
public sealed class SetMedatarunUserCommand : UserChangeCmdlet
{
    /// <summary>The full name from now on.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? FullName { get; set; }

    /// <summary>The e-mail address from now on; nothing or an empty text clears it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? Email { get; set; }

    /// <summary>The role from now on; nothing or an empty text takes it away.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(RoleCompleter))]
    public string? Role { get; set; }

    /// <summary>The groups from now on; nothing or an empty list clears them.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyCollection]
    [TextList]
    public string[]? Groups { get; set; }

    private protected override string Action => "Change user";

    private protected override void Change(string identity)
    {
        if (TryInvoke(identity, AuthOperations.UserUpdate, Request(identity), out var user) && PassThru)
        {
            WriteObject(new MedatarunUser(user));
        }
    }

    private UserUpdateRequest Request(string identity)
    {
        var user = Reference(identity);
        return new UserUpdateRequest
        {
            Username = user.Username,
            Id = user.Id,
            Fullname = IsBound(nameof(FullName)) ? FullName ?? string.Empty : null,
            Email = IsBound(nameof(Email)) ? Email ?? string.Empty : null,
            Role = IsBound(nameof(Role)) ? Role ?? string.Empty : null,
            Groups = IsBound(nameof(Groups)) ? Groups ?? [] : null,
        };
    }
}
