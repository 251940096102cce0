using System.Management.Automation;
using Medatarun.Contracts.Auth;
using Medatarun.PowerShell.Objects;

namespace Medatarun.PowerShell.Commands;

/// <summary>Takes permissions out of roles.</summary>
[Cmdlet(VerbsCommon.Remove, "MedatarunRolePermission", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(MedatarunRole))]
[MedatarunOperation("auth/role_delete_permission")]
public sealed class RemoveMedatarunRolePermissionCommand : RolePermissionCmdlet
{
    private protected override string ActionOn(string thing) => $"Remove permission '{thing}'";

    private protected override void Change(RolePermissionRequest request) => Invoke(RoleOperations.RoleDeletePermission, request);
}
