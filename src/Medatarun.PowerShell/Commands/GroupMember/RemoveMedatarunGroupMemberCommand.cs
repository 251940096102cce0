using System.Management.Automation;
using Medatarun.Contracts.Auth;
using Medatarun.PowerShell.Objects;

namespace Medatarun.PowerShell.Commands;

/// <summary>Takes users and service accounts out of groups.</summary>
[Cmdlet(VerbsCommon.Remove, "MedatarunGroupMember", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(MedatarunGroup))]
[MedatarunOperation("auth/group_delete_member")]
public sealed class RemoveMedatarunGroupMemberCommand : GroupMemberCmdlet
{
    private protected override string ActionOn(string thing) => $"Remove member '{thing}'";

    private protected override void Change(GroupMemberRequest request) => Invoke(GroupOperations.GroupDeleteMember, request);
}
