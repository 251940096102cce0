using System.Management.Automation;
using Medatarun.Contracts.Auth;
using Medatarun.PowerShell.Objects;

namespace Medatarun.PowerShell.Commands;

/// <summary>Gives roles to actors.</summary>
[Cmdlet(VerbsCommon.Add, "MedatarunActorRole", SupportsShouldProcess = true)]
[OutputType(typeof(MedatarunActor))]
[MedatarunOperation("auth/actor_add_role")]
public sealed class AddMedatarunActorRoleCommand : ActorRoleCmdlet
{
    private protected override string ActionOn(string thing) => $"Add role '{thing}'";

    private protected override void Change(ActorRoleRequest request) => Invoke(ActorOperations.ActorAddRole, request);
}
