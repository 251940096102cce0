using System.Management.Automation;
using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.PowerShell.Objects;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Commands;

/// <summary>Registers permissions that other systems ask for.</summary>
[Cmdlet(VerbsLifecycle.Register, "MedatarunPermission", SupportsShouldProcess = true)]
[OutputType(typeof(MedatarunPermission))]
[MedatarunOperation("auth/permission_register")]
public sealed class RegisterMedatarunPermissionCommand : CreationCmdlet<PermissionInfo>
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

    private protected override string Action => "Register permission";

    private protected override string Target => Key;

    private protected override ProblemDefinition Taken => ProblemCatalogue.PermissionAlreadyExists;

    private protected override PermissionInfo Create() => Invoke(RoleOperations.PermissionRegister, new PermissionRegisterRequest
    {
        Key = Key,
        Description = Description,
        Category = NullIfEmpty(Category),
        Implies = Implies is { Length: > 0 } ? Implies : null,
    });

    private protected override PermissionInfo? Find() =>
        Invoke(RoleOperations.PermissionList, new()).FirstOrDefault(known => known.Key == Key);

    private protected override object View(PermissionInfo item) => new MedatarunPermission(item);
}
