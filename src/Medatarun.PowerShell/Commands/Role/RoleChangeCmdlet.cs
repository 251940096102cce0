using System.Management.Automation;
using Medatarun.Client;
using Medatarun.Contracts.Auth;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Commands;

/// <summary>What the cmdlets share that change or remove roles.</summary>
public abstract class RoleChangeCmdlet : ChangeCmdlet
{
    /// <summary>Keys, ids, or role objects.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Key", "Name", "Id")]
    [IdentityText("Key", "Identity", "Name", "Id")]
    [ArgumentCompleter(typeof(RoleCompleter))]
    public string[] Identity { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord() => ChangeEach(Identity);

    /// <summary>The role as it is now.</summary>
    /// <param name="identity">A key or an id.</param>
    /// <exception cref="MedatarunException">It failed, or there is none.</exception>
    private protected RoleInfo Find(string identity) =>
        Invoke(RoleOperations.RoleGet, new RoleReference { RoleRef = KeyReference.Of(identity) });
}
