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
    private bool roleWasTyped;

    /// <summary>The full name from now on.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? FullName { get; set; }

    /// <summary>The e-mail address from now on; nothing or an empty text clears it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? Email { get; set; }

    /// <summary>
    /// The one role of their own from now on; nothing or an empty text takes it away. From the pipeline, a role that is the user's
    /// first already changes nothing, so that objects and files go round without taking further roles away.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(RoleCompleter))]
    public string? Role { get; set; }

    /// <summary>The groups from now on: keys, ids, or group objects; nothing or an empty list clears them.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Groups")]
    [AllowNull]
    [AllowEmptyCollection]
    [TextList("Key", "Group", "Id")]
    [ArgumentCompleter(typeof(GroupCompleter))]
    public string[]? Group { get; set; }

    private protected override string Action => "Change user";

    /// <inheritdoc/>
    protected override void BeginProcessing() => roleWasTyped = IsBound(nameof(Role));

    private protected override void Change(string identity)
    {
        if (Request(identity) is { } request && TryInvoke(identity, AuthOperations.UserUpdate, request, out var user) && PassThru)
        {
            WriteObject(new MedatarunUser(user));
        }
    }

    // Null when the user cannot be had, which is reported.
    private UserUpdateRequest? Request(string identity)
    {
        var user = Reference(identity);
        var request = new UserUpdateRequest
        {
            Username = user.Username,
            Id = user.Id,
            Fullname = IsBound(nameof(FullName)) ? FullName ?? string.Empty : null,
            Email = IsBound(nameof(Email)) ? Email ?? string.Empty : null,
            Role = IsBound(nameof(Role)) ? Role ?? string.Empty : null,
            Groups = IsBound(nameof(Group)) ? Group ?? [] : null,
        };
        if (request.Role is null || roleWasTyped)
        {
            return request;
        }

        // An object shows the first role, and an update leaves only the one it names: the others would go.
        return !TryInvoke(identity, AuthOperations.UserGet, user, out var current) ? null
            : request.Role == (current.Role ?? string.Empty) ? request with { Role = null }
            : request;
    }
}
