using System.Management.Automation;
using Medatarun.Contracts.Auth;
using Medatarun.PowerShell.Objects;

namespace Medatarun.PowerShell.Commands;

/// <summary>Disables actors and ends their sessions.</summary>
[Cmdlet(VerbsLifecycle.Disable, "MedatarunActor", SupportsShouldProcess = true)]
[OutputType(typeof(MedatarunActor))]
[MedatarunOperation("auth/actor_disable")]
public sealed class DisableMedatarunActorCommand : ActorChangeCmdlet
{
    private protected override string Action => "Disable actor";

    private protected override void Change(ActorReference actor) => Invoke(ActorOperations.ActorDisable, actor);
}
