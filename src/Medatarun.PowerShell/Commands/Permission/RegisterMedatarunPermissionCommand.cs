using System.Management.Automation;
using Medatarun.Client;
using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.PowerShell.Objects;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Commands;

/// <summary>Registers permissions that other systems ask for.</summary>
[Cmdlet(VerbsLifecycle.Register, "MedatarunPermission", SupportsShouldProcess = true)]
[OutputType(typeof(MedatarunPermission))]
[MedatarunOperation("auth/permission_register")]
public sealed class RegisterMedatarunPermissionCommand : ConnectedCmdlet
{
    /// <summary>The key.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    public string Key { get; set; } = string.Empty;

    /// <summary>What it allows. Default: nothing.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? Description { get; set; }

    /// <summary>What it belongs to, for lists. Default: custom.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? Category { get; set; }

    /// <summary>The permissions that come with it: keys, or permission objects. Default: none.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyCollection]
    [TextList("Key")]
    [ArgumentCompleter(typeof(PermissionCompleter))]
    public string[]? Implies { get; set; }

    /// <summary>Returns the permission that has the key already, unchanged, instead of an error.</summary>
    [Parameter]
    public SwitchParameter IfNotExists { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (!ShouldProcess(Key, "Register permission"))
        {
            return;
        }

        try
        {
            WriteObject(new MedatarunPermission(RegisterOrFind()));
        }
        catch (MedatarunException exception)
        {
            Report(exception, Key);
        }
    }

    private PermissionInfo RegisterOrFind()
    {
        try
        {
            return Invoke(RoleOperations.PermissionRegister, new PermissionRegisterRequest
            {
                Key = Key,
                Description = Description,
                Category = string.IsNullOrEmpty(Category) ? null : Category,
                Implies = Implies is { Length: > 0 } ? Implies : null,
            });
        }
        catch (MedatarunException taken) when (IfNotExists && taken.Code == ProblemCatalogue.PermissionAlreadyExists.Code)
        {
            if (Invoke(RoleOperations.PermissionList, new()).FirstOrDefault(known => known.Key == Key) is { } permission)
            {
                return permission;
            }

            throw;
        }
    }
}
