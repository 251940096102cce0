using System.Management.Automation;
using Medatarun.Client;
using Medatarun.Contracts.Auth;
using Medatarun.PowerShell.Objects;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Commands;

/// <summary>What the cmdlets share that give roles to the members of groups, or take them away.</summary>
public abstract class GroupRoleCmdlet : AssignmentCmdlet
{
    /// <summary>Keys, ids, or group objects.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Key", "Name", "Id", "Group")]
    [IdentityText("Key", "Group", "Identity", "Name", "Id")]
    [ArgumentCompleter(typeof(GroupCompleter))]
    public string[] Identity { get; set; } = [];

    /// <summary>The roles: keys, ids, or role objects.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [TextList("Key", "Role", "Id")]
    [ArgumentCompleter(typeof(RoleCompleter))]
    public string[] Role { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord() => Assign(Identity, Role);

    /// <summary>Gives or takes a role.</summary>
    /// <param name="request">Which group, and which role.</param>
    /// <exception cref="MedatarunException">It failed.</exception>
    private protected abstract void Change(GroupRoleRequest request);

    private protected override void Change(string owner, string thing) =>
        Change(new GroupRoleRequest { GroupRef = KeyReference.Of(owner), RoleRef = KeyReference.Of(thing) });

    private protected override object Show(string owner) =>
        new MedatarunGroup(Invoke(GroupOperations.GroupGet, new GroupReference { GroupRef = KeyReference.Of(owner) }));
}
