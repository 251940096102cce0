using System.Management.Automation;
using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.PowerShell.Objects;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Commands;

/// <summary>Creates service accounts: actors without a password, for runbooks and pipelines.</summary>
[Cmdlet(VerbsCommon.New, "MedatarunServiceAccount", SupportsShouldProcess = true)]
[OutputType(typeof(MedatarunServiceAccount))]
[MedatarunOperation("auth/service_account_create")]
public sealed class NewMedatarunServiceAccountCommand : CreationCmdlet<ActorInfo>
{
    /// <summary>The name; it never changes, and no user has it.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public string Name { get; set; } = string.Empty;

    /// <summary>What the account is for. Default: the name.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? FullName { get; set; }

    /// <summary>The username of the person who answers for it. Default: whoever is signed in.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(UserNameCompleter))]
    public string? Owner { get; set; }

    /// <summary>The role. Default: the one that is assigned automatically, else none.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(RoleCompleter))]
    public string? Role { get; set; }

    private protected override string Action => "Create service account";

    private protected override string Target => Name;

    private protected override ProblemDefinition Taken => ProblemCatalogue.UserAlreadyExists;

    private protected override ActorInfo Create() => Invoke(ActorOperations.ServiceAccountCreate, new ServiceAccountCreateRequest
    {
        Name = Name,
        Fullname = NullIfEmpty(FullName),
        Owner = NullIfEmpty(Owner),
        Role = NullIfEmpty(Role),
    });

    // Nothing where the name is a user's, or one that is not given out again.
    private protected override ActorInfo? Find() =>
        Invoke(ActorOperations.ServiceAccountList, new()).FirstOrDefault(known => known.Subject == Name);

    private protected override object View(ActorInfo item) => new MedatarunServiceAccount(item);
}
