using System.Management.Automation;
using System.Security;
using Medatarun.Contracts.Auth;
using Medatarun.PowerShell.Objects;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Commands;

/// <summary>Gives users a new password, or changes one's own.</summary>
[Cmdlet(VerbsCommon.Set, "MedatarunUserPassword", SupportsShouldProcess = true, DefaultParameterSetName = UserSet)]
[OutputType(typeof(MedatarunUser), ParameterSetName = [UserSet])]
[OutputType(typeof(MedatarunCurrentUser), ParameterSetName = [CurrentSet])]
[MedatarunOperation("auth/user_change_password")]
[MedatarunOperation("auth/change_my_password")]
public sealed class SetMedatarunUserPasswordCommand : UserCmdlet
{
    private const string UserSet = "User";
    private const string CurrentSet = "Current";

    /// <summary>Usernames, ids, or user objects.</summary>
    [Parameter(
        Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        ParameterSetName = UserSet)]
    [Alias("Name", "UserName", "Id")]
    [IdentityText("UserName", "Identity", "Name", "Id")]
    [ArgumentCompleter(typeof(UserNameCompleter))]
    public string[] Identity { get; set; } = [];

    /// <summary>Your own password until now.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CurrentSet)]
    public SecureString OldPassword { get; set; } = new();

    /// <summary>The password from now on.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = UserSet)]
    [Parameter(Mandatory = true, ParameterSetName = CurrentSet)]
    [Alias("Password")]
    [SecretText]
    public SecureString NewPassword { get; set; } = new();

    /// <summary>Returns the user.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == CurrentSet)
        {
            ChangeOwn();
            return;
        }

        foreach (var identity in Identity)
        {
            ChangeOf(identity);
        }
    }

    private void ChangeOf(string identity)
    {
        if (ShouldProcess(identity, "Change password")
            && TryInvoke(identity, AuthOperations.UserChangePassword, RequestFor(identity), out _)
            && PassThru)
        {
            WriteUser(identity);
        }
    }

    private UserChangePasswordRequest RequestFor(string identity)
    {
        var user = Reference(identity);
        return new UserChangePasswordRequest { Username = user.Username, Id = user.Id, Password = SecureText.Reveal(NewPassword) };
    }

    private void ChangeOwn()
    {
        if (!ShouldProcess(Context.ToString(), "Change own password"))
        {
            return;
        }

        var request = new ChangeMyPasswordRequest
        {
            OldPassword = SecureText.Reveal(OldPassword),
            NewPassword = SecureText.Reveal(NewPassword),
        };
        if (TryInvoke(Context.UserName, AuthOperations.ChangeMyPassword, request, out _)
            && PassThru
            && TryInvoke(Context.UserName, AuthOperations.WhoAmI, new(), out var who))
        {
            WriteObject(new MedatarunCurrentUser(who));
        }
    }
}
