using System.Management.Automation;
using Medatarun.Contracts.Auth;
using Medatarun.PowerShell.Objects;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Commands;

/// <summary>Deletes roles, and takes them from whoever has them.</summary>
[Cmdlet(VerbsCommon.Remove, "MedatarunRole", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(MedatarunRole))]
[MedatarunOperation("auth/role_delete")]
public sealed class RemoveMedatarunRoleCommand : RoleChangeCmdlet
{
    private protected override string Action => "Delete role";

    private protected override object? Change(string identity)
    {
        // Looked up before, since nothing can be shown after.
        var result = PassThru ? new MedatarunRole(Find(identity)) : null;
        Invoke(RoleOperations.RoleDelete, new RoleReference { RoleRef = KeyReference.Of(identity) });
        return result;
    }
}
