using System.Management.Automation;
using Medatarun.Contracts.Auth;
using Medatarun.PowerShell.Objects;

namespace Medatarun.PowerShell.Commands;

/// <summary>Disables users and ends their sessions. A disabled one stays disabled.</summary>
[Cmdlet(VerbsLifecycle.Disable, "MedatarunUser", SupportsShouldProcess = true)]
[OutputType(typeof(MedatarunUser))]
[MedatarunOperation("auth/user_disable")]
public sealed class DisableMedatarunUserCommand : UserChangeCmdlet
{
    private protected override string Action => "Disable user";

    private protected override void Change(string identity)
    {
        if (TryInvoke(identity, AuthOperations.UserDisable, Reference(identity), out _) && PassThru)
        {
            WriteUser(identity);
        }
    }
}
