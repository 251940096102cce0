using System.Management.Automation;
using Medatarun.Contracts.Auth;
using Medatarun.PowerShell.Objects;

namespace Medatarun.PowerShell.Commands;

/// <summary>Deletes users for good. Their names are not given out again.</summary>
[Cmdlet(VerbsCommon.Remove, "MedatarunUser", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(MedatarunUser))]
[MedatarunOperation("auth/user_delete")]
public sealed class RemoveMedatarunUserCommand : UserChangeCmdlet
{
    private protected override string Action => "Delete user";

    private protected override void Change(string identity)
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
