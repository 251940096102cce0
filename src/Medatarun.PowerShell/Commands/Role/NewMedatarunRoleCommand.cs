using System.Management.Automation;
using Medatarun.Client;
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
public sealed class NewMedatarunRoleCommand : ConnectedCmdlet
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

    /// <summary>Returns the role that has the key already, unchanged, instead of an error.</summary>
    [Parameter]
    public SwitchParameter IfNotExists { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (!ShouldProcess(Key, "Create role"))
        {
            return;
        }

        try
        {
            WriteObject(new MedatarunRole(Create()));
        }
        catch (MedatarunException exception)
        {
            Report(exception, Key);
        }
    }

    private RoleInfo Create()
    {
        try
        {
            var role = Invoke(RoleOperations.RoleCreate, new RoleCreateRequest
            {
                Key = Key,
                Name = string.IsNullOrEmpty(DisplayName) ? null : DisplayName,
                Description = Description,
            });
            return Permission is { Length: > 0 } permissions ? Fill(role, permissions) : role;
        }
        catch (MedatarunException taken) when (IfNotExists && taken.Code == ProblemCatalogue.RoleAlreadyExists.Code)
        {
            return Invoke(RoleOperations.RoleGet, new RoleReference { RoleRef = KeyReference.Of(Key) });
        }
    }

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
