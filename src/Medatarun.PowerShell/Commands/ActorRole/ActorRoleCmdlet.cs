using System.Management.Automation;
using Medatarun.Client;
using Medatarun.Contracts.Auth;
using Medatarun.PowerShell.Objects;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Commands;

/// <summary>What the cmdlets share that give roles to actors, or take them away.</summary>
public abstract class ActorRoleCmdlet : AssignmentCmdlet
{
    private readonly ActorIds ids = new();

    /// <summary>Ids, subjects (a local user's is the username), or actor, user or service account objects.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name", "UserName", "Id", "ActorId", "Subject")]
    [IdentityText("Id", "ActorId", "Subject", "UserName", "Identity", "Name")]
    [ArgumentCompleter(typeof(ActorNameCompleter))]
    public string[] Identity { get; set; } = [];

    /// <summary>The roles: keys, ids, or role objects.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [TextList("Key", "Role", "Id")]
    [ArgumentCompleter(typeof(RoleCompleter))]
    public string[] Role { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord() => Assign(Identity, Role);

    /// <summary>Gives or takes a role.</summary>
    /// <param name="request">Who and which.</param>
    /// <exception cref="MedatarunException">It failed.</exception>
    private protected abstract void Change(ActorRoleRequest request);

    private protected override void Change(string owner, string thing) =>
        Change(new ActorRoleRequest { ActorId = IdOf(owner), RoleRef = KeyReference.Of(thing) });

    private protected override object Show(string owner) =>
        new MedatarunActor(Invoke(ActorOperations.ActorGet, new ActorReference { ActorId = IdOf(owner) }));

    private string IdOf(string owner) => ids.Find(owner, () => Invoke(ActorOperations.ActorList, new()));
}
