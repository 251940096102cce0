using System.Management.Automation;
using Medatarun.Contracts.Auth;
using Medatarun.PowerShell.Objects;

namespace Medatarun.PowerShell.Commands;

/// <summary>Takes roles from every member of groups.</summary>
[Cmdlet(VerbsCommon.Remove, "MedatarunGroupRole", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(MedatarunGroup))]
[MedatarunOperation("auth/group_delete_role")]
public sealed class RemoveMedatarunGroupRoleCommand : GroupRoleCmdlet
{
    private protected override string ActionOn(string thing) => $"Remove role '{thing}'";

    private protected override void Change(GroupRoleRequest request) => Invoke(GroupOperations.GroupDeleteRole, request);
}
