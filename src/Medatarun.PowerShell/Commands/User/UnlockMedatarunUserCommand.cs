using System.Management.Automation;
using Medatarun.Contracts.Auth;
using Medatarun.PowerShell.Objects;

namespace Medatarun.PowerShell.Commands;

/// <summary>Lets users sign in again at once who were held off after failed attempts.</summary>
[Cmdlet(VerbsCommon.Unlock, "MedatarunUser", SupportsShouldProcess = true)]
[OutputType(typeof(MedatarunUser))]
[MedatarunOperation("auth/user_unlock")]
public sealed class UnlockMedatarunUserCommand : UserChangeCmdlet
{
    private protected override string Action => "Unlock user";

    private protected override void Change(string identity)
    {
        if (TryInvoke(identity, AuthOperations.UserUnlock, Reference(identity), out _) && PassThru)
        {
            WriteUser(identity);
        }
    }
}
