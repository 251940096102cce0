using System.Management.Automation;
using Medatarun.Contracts.Auth;
using Medatarun.PowerShell.Objects;

namespace Medatarun.PowerShell.Commands;

/// <summary>Enables users again. An enabled one stays enabled.</summary>
[Cmdlet(VerbsLifecycle.Enable, "MedatarunUser", SupportsShouldProcess = true)]
[OutputType(typeof(MedatarunUser))]
[MedatarunOperation("auth/user_enable")]
public sealed class EnableMedatarunUserCommand : UserChangeCmdlet
{
    private protected override string Action => "Enable user";

    private protected override void Change(string identity)
    {
        if (TryInvoke(identity, AuthOperations.UserEnable, Reference(identity), out _) && PassThru)
        {
            WriteUser(identity);
        }
    }
}
