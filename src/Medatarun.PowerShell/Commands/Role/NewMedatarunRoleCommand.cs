using System.Management.Automation;
using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.PowerShell.Objects;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Commands;

/// <summary>Creates roles.</summary>
[Cmdlet(VerbsCommon.New, "MedatarunRole", SupportsShouldProcess = true)]
[OutputType(typeof(MedatarunRole))]
[MedatarunOperation("auth/role_create")]
[MedatarunOperation("auth/role_add_permission")]
public sealed class NewMedatarunRoleCommand : CreationCmdlet<RoleInfo>
{
    /// <summary>The key, by which the role is referred to.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    public string Key { get; set; } = string.Empty;

    /// <summary>The name for people. Default: the key.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? DisplayName { get; set; }

    /// <summary>What the role is for. Default: nothing.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? Description { get; set; }

    /// <summary>The permissions to put into it: keys, or permission objects. Default: none.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Permissions")]
    [AllowNull]
    [AllowEmptyCollection]
    [TextList("Key", "Permission")]
    [ArgumentCompleter(typeof(PermissionCompleter))]
    public string[]? Permission { get; set; }

    private protected override string Action => "Create role";

    private protected override string Target => Key;

    private protected override ProblemDefinition Taken => ProblemCatalogue.RoleAlreadyExists;

    private protected override RoleInfo Create()
    {
        var role = Invoke(RoleOperations.RoleCreate, new RoleCreateRequest
        {
            Key = Key,
            Name = NullIfEmpty(DisplayName),
            Description = Description,
        });
        return Permission is { Length: > 0 } permissions ? Fill(role, permissions) : role;
    }

    private protected override RoleInfo? Find() => Invoke(RoleOperations.RoleGet, new RoleReference { RoleRef = KeyReference.Of(Key) });

    private protected override object View(RoleInfo item) => new MedatarunRole(item);

    // A permission that is refused is reported; the role is there, with the others.
    private RoleInfo Fill(RoleInfo role, string[] permissions)
    {
        var reference = KeyReference.Of(role.Id);
        foreach (var permission in permissions)
        {
            var request = new RolePermissionRequest { RoleRef = reference, PermissionKey = permission };
            TryInvoke(Key, RoleOperations.RoleAddPermission, request, out _);
        }

        return Invoke(RoleOperations.RoleGet, new RoleReference { RoleRef = reference });
    }
}
