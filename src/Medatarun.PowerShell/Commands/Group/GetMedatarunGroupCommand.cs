using System.Management.Automation;
using Medatarun.Contracts.Auth;
using Medatarun.PowerShell.Objects;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Commands;

/// <summary>Shows groups: all, or some by key or id.</summary>
[Cmdlet(VerbsCommon.Get, "MedatarunGroup")]
[OutputType(typeof(MedatarunGroup))]
[MedatarunOperation("auth/group_list")]
[MedatarunOperation("auth/group_get")]
public sealed class GetMedatarunGroupCommand : CatalogueCmdlet<GroupInfo>
{
    /// <summary>Keys, ids, or group objects. A key may hold wildcards. Default: all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Key", "Name", "Id")]
    [IdentityText("Key", "Identity", "Name", "Id")]
    [ArgumentCompleter(typeof(GroupCompleter))]
    [SupportsWildcards]
    public string[]? Identity { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Write(Identity);

    private protected override IReadOnlyList<GroupInfo> List() => Invoke(GroupOperations.GroupList, new());

    private protected override GroupInfo Find(string identity) =>
        Invoke(GroupOperations.GroupGet, new GroupReference { GroupRef = KeyReference.Of(identity) });

    private protected override string NameOf(GroupInfo item) => item.Key;

    private protected override object View(GroupInfo item) => new MedatarunGroup(item);
}
