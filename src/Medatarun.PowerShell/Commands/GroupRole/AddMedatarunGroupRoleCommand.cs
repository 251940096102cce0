using System.Management.Automation;
using Medatarun.Contracts.Auth;
using Medatarun.PowerShell.Objects;

namespace Medatarun.PowerShell.Commands;

/// <summary>Gives roles to every member of groups.</summary>
[Cmdlet(VerbsCommon.Add, "MedatarunGroupRole", SupportsShouldProcess = true)]
[OutputType(typeof(MedatarunGroup))]
[MedatarunOperation("auth/group_add_role")]
public sealed class AddMedatarunGroupRoleCommand : GroupRoleCmdlet
{
    private protected override string ActionOn(string thing) => $"Add role '{thing}'";

    private protected override void Change(GroupRoleRequest request) => Invoke(GroupOperations.GroupAddRole, request);
}
