using System.Management.Automation;
using Medatarun.Contracts.Auth;
using Medatarun.PowerShell.Objects;

namespace Medatarun.PowerShell.Commands;

/// <summary>Takes roles from actors.</summary>
[Cmdlet(VerbsCommon.Remove, "MedatarunActorRole", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(MedatarunActor))]
[MedatarunOperation("auth/actor_delete_role")]
public sealed class RemoveMedatarunActorRoleCommand : ActorRoleCmdlet
{
    private protected override string ActionOn(string thing) => $"Remove role '{thing}'";

    private protected override void Change(ActorRoleRequest request) => Invoke(ActorOperations.ActorDeleteRole, request);
}
