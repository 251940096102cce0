using System.Management.Automation;
using Medatarun.Contracts.Auth;
using Medatarun.PowerShell.Objects;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Commands;

/// <summary>Deletes users for good. Their names are not given out again.</summary>
[Cmdlet(VerbsCommon.Remove, "MedatarunUser", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(MedatarunUser))]
[MedatarunOperation("auth/user_delete")]
public sealed class RemoveMedatarunUserCommand : UserCmdlet
{
    /// <summary>Usernames, ids, or user objects.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name", "UserName", "Id")]
    [IdentityText("UserName", "Identity", "Name", "Id")]
    [ArgumentCompleter(typeof(UserNameCompleter))]
    public string[] Identity { get; set; } = [];

    /// <summary>Returns the user as they were.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var identity in Identity)
        {
            if (ShouldProcess(identity, "Delete user"))
            {
                Delete(identity);
            }
        }
    }

    private void Delete(string identity)
    {
        // Looked up before, since nothing can be shown after.
        UserInfo? user = null;
        if (PassThru && !TryInvoke(identity, AuthOperations.UserGet, Reference(identity), out user))
        {
            return;
        }

        if (TryInvoke(identity, AuthOperations.UserDelete, Reference(identity), out _) && user is not null)
        {
            WriteObject(new MedatarunUser(user));
        }
    }
}
