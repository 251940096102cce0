using System.Management.Automation;
using Medatarun.Client;
using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.PowerShell.Objects;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Commands;

/// <summary>Shows permissions: all, or some by key.</summary>
[Cmdlet(VerbsCommon.Get, "MedatarunPermission")]
[OutputType(typeof(MedatarunPermission))]
[MedatarunOperation("auth/permission_list")]
public sealed class GetMedatarunPermissionCommand : CatalogueCmdlet<PermissionInfo>
{
    /// <summary>Keys, or permission objects. A key may hold wildcards. Default: all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Identity", "Name", "Permission")]
    [IdentityText("Key", "Permission", "Identity", "Name")]
    [ArgumentCompleter(typeof(PermissionCompleter))]
    [SupportsWildcards]
    public string[]? Key { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Write(Key);

    private protected override IReadOnlyList<PermissionInfo> List() => Invoke(RoleOperations.PermissionList, new());

    private protected override PermissionInfo Find(string identity) =>
        List().FirstOrDefault(permission => permission.Key == identity)
        ?? throw new MedatarunException(ProblemCatalogue.PermissionNotFound, $"There is no permission '{identity}'.");

    private protected override string NameOf(PermissionInfo item) => item.Key;

    private protected override object View(PermissionInfo item) => new MedatarunPermission(item);
}
