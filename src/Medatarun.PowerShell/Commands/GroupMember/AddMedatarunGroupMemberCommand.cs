using System.Management.Automation;
using Medatarun.Contracts.Auth;
using Medatarun.PowerShell.Objects;

namespace Medatarun.PowerShell.Commands;

/// <summary>Puts users and service accounts into groups.</summary>
[Cmdlet(VerbsCommon.Add, "MedatarunGroupMember", SupportsShouldProcess = true)]
[OutputType(typeof(MedatarunGroup))]
[MedatarunOperation("auth/group_add_member")]
public sealed class AddMedatarunGroupMemberCommand : GroupMemberCmdlet
{
    private protected override string ActionOn(string thing) => $"Add member '{thing}'";

    private protected override void Change(GroupMemberRequest request) => Invoke(GroupOperations.GroupAddMember, request);
}
