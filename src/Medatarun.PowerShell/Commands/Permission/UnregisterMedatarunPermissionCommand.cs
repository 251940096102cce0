using System.Management.Automation;
using Medatarun.Contracts.Auth;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Commands;

/// <summary>Deletes registered permissions, and takes them out of every role.</summary>
[Cmdlet(VerbsLifecycle.Unregister, "MedatarunPermission", SupportsShouldProcess = true)]
[MedatarunOperation("auth/permission_delete")]
public sealed class UnregisterMedatarunPermissionCommand : ConnectedCmdlet
{
    /// <summary>Keys, or permission objects.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Identity", "Name", "Permission")]
    [IdentityText("Key", "Permission", "Identity", "Name")]
    [ArgumentCompleter(typeof(PermissionCompleter))]
    public string[] Key { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var key in Key)
        {
            if (ShouldProcess(key, "Delete permission"))
            {
                TryInvoke(key, RoleOperations.PermissionDelete, new PermissionReference { PermissionKey = key }, out _);
            }
        }
    }
}
