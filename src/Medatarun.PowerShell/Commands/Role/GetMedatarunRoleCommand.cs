using System.Management.Automation;
using Medatarun.Contracts.Auth;
using Medatarun.PowerShell.Objects;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Commands;

/// <summary>Shows roles: all, or some by key or id.</summary>
[Cmdlet(VerbsCommon.Get, "MedatarunRole")]
[OutputType(typeof(MedatarunRole))]
[MedatarunOperation("auth/role_list")]
[MedatarunOperation("auth/role_get")]
public sealed class GetMedatarunRoleCommand : CatalogueCmdlet<RoleInfo>
{
    /// <summary>Keys, ids, or role objects. A key may hold wildcards. Default: all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Key", "Name", "Id")]
    [IdentityText("Key", "Identity", "Name", "Id")]
    [ArgumentCompleter(typeof(RoleCompleter))]
    [SupportsWildcards]
    public string[]? Identity { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Write(Identity);

    private protected override IReadOnlyList<RoleInfo> List() => Invoke(RoleOperations.RoleList, new());

    private protected override RoleInfo Find(string identity) =>
        Invoke(RoleOperations.RoleGet, new RoleReference { RoleRef = KeyReference.Of(identity) });

    private protected override string NameOf(RoleInfo item) => item.Key;

    private protected override object View(RoleInfo item) => new MedatarunRole(item);
}
