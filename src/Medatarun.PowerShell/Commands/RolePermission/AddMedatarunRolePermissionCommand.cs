using System.Management.Automation;
using Medatarun.Contracts.Auth;
using Medatarun.PowerShell.Objects;

namespace Medatarun.PowerShell.Commands;

/// <summary>Puts permissions into roles.</summary>
[Cmdlet(VerbsCommon.Add, "MedatarunRolePermission", SupportsShouldProcess = true)]
[OutputType(typeof(MedatarunRole))]
[MedatarunOperation("auth/role_add_permission")]
public sealed class AddMedatarunRolePermissionCommand : RolePermissionCmdlet
{
    private protected override string ActionOn(string thing) => $"Add permission '{thing}'";

    private protected override void Change(RolePermissionRequest request) => Invoke(RoleOperations.RoleAddPermission, request);
}
