using System.Management.Automation;
using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.PowerShell.Objects;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Commands;

/// <summary>Creates groups.</summary>
[Cmdlet(VerbsCommon.New, "MedatarunGroup", SupportsShouldProcess = true)]
[OutputType(typeof(MedatarunGroup))]
[MedatarunOperation("auth/group_create")]
[MedatarunOperation("auth/group_add_role")]
public sealed class NewMedatarunGroupCommand : CreationCmdlet<GroupInfo>
{
    /// <summary>The key, by which the group is referred to.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    public string Key { get; set; } = string.Empty;

    /// <summary>What the group is for. Default: nothing.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? Description { get; set; }

    /// <summary>The roles that every member has: keys, ids, or role objects. Default: none.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Roles")]
    [AllowNull]
    [AllowEmptyCollection]
    [TextList("Key", "Role", "Id")]
    [ArgumentCompleter(typeof(RoleCompleter))]
    public string[]? Role { get; set; }

    private protected override string Action => "Create group";

    private protected override string Target => Key;

    private protected override ProblemDefinition Taken => ProblemCatalogue.GroupAlreadyExists;

    private protected override GroupInfo Create()
    {
        var group = Invoke(GroupOperations.GroupCreate, new GroupCreateRequest { Key = Key, Description = Description });
        return Role is { Length: > 0 } roles ? Fill(group, roles) : group;
    }

    private protected override GroupInfo? Find() =>
        Invoke(GroupOperations.GroupGet, new GroupReference { GroupRef = KeyReference.Of(Key) });

    private protected override object View(GroupInfo item) => new MedatarunGroup(item);

    // A role that is refused is reported; the group is there, with the others.
    private GroupInfo Fill(GroupInfo group, string[] roles)
    {
        var reference = KeyReference.Of(group.Id);
        foreach (var role in roles)
        {
            var request = new GroupRoleRequest { GroupRef = reference, RoleRef = KeyReference.Of(role) };
            TryInvoke(Key, GroupOperations.GroupAddRole, request, out _);
        }

        return Invoke(GroupOperations.GroupGet, new GroupReference { GroupRef = reference });
    }
}
