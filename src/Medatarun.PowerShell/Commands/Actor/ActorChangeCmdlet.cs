using System.Management.Automation;
using Medatarun.Client;
using Medatarun.Contracts.Auth;
using Medatarun.PowerShell.Objects;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Commands;

/// <summary>What the cmdlets share that change actors who are there.</summary>
public abstract class ActorChangeCmdlet : ChangeCmdlet
{
    private readonly ActorIds ids = new();

    /// <summary>Ids, subjects (a local user's is the username), or actor, user or service account objects.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name", "UserName", "Id", "ActorId", "Subject")]
    [IdentityText("Id", "ActorId", "Subject", "UserName", "Identity", "Name")]
    [ArgumentCompleter(typeof(ActorNameCompleter))]
    public string[] Identity { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord() => ChangeEach(Identity);

    /// <summary>Changes one actor.</summary>
    /// <param name="actor">Whom.</param>
    /// <exception cref="MedatarunException">It failed.</exception>
    private protected abstract void Change(ActorReference actor);

    private protected override object? Change(string identity)
    {
        var actor = new ActorReference { ActorId = ids.Find(identity, () => Invoke(ActorOperations.ActorList, new())) };
        Change(actor);
        return PassThru ? new MedatarunActor(Invoke(ActorOperations.ActorGet, actor)) : null;
    }
}
