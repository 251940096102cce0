using System.Management.Automation;
using Medatarun.Contracts.Auth;
using Medatarun.PowerShell.Objects;

namespace Medatarun.PowerShell.Commands;

/// <summary>Enables actors again.</summary>
[Cmdlet(VerbsLifecycle.Enable, "MedatarunActor", SupportsShouldProcess = true)]
[OutputType(typeof(MedatarunActor))]
[MedatarunOperation("auth/actor_enable")]
public sealed class EnableMedatarunActorCommand : ActorChangeCmdlet
{
    private protected override string Action => "Enable actor";

    private protected override void Change(ActorReference actor) => Invoke(ActorOperations.ActorEnable, actor);
}
