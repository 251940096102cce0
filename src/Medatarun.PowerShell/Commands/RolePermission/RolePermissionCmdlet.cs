using System.Management.Automation;
using Medatarun.Client;
using Medatarun.Contracts.Auth;
using Medatarun.PowerShell.Objects;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Commands;

/// <summary>What the cmdlets share that put permissions into roles, or take them out.</summary>
public abstract class RolePermissionCmdlet : AssignmentCmdlet
{
    /// <summary>Keys, ids, or role objects.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Key", "Name", "Id", "Role")]
    [IdentityText("Key", "Role", "Identity", "Name", "Id")]
    [ArgumentCompleter(typeof(RoleCompleter))]
    public string[] Identity { get; set; } = [];

    /// <summary>The permissions: keys, or permission objects.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [TextList("Key", "Permission")]
    [ArgumentCompleter(typeof(PermissionCompleter))]
    public string[] Permission { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord() => Assign(Identity, Permission);

    /// <summary>Puts a permission in, or takes it out.</summary>
    /// <param name="request">Where and which.</param>
    /// <exception cref="MedatarunException">It failed.</exception>
    private protected abstract void Change(RolePermissionRequest request);

    private protected override void Change(string owner, string thing) =>
        Change(new RolePermissionRequest { RoleRef = KeyReference.Of(owner), PermissionKey = thing });

    private protected override object Show(string owner) =>
        new MedatarunRole(Invoke(RoleOperations.RoleGet, new RoleReference { RoleRef = KeyReference.Of(owner) }));
}
