using System.Collections;
using System.Management.Automation;
using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.PowerShell.Objects;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Commands;

/// <summary>Makes rules: which roles tokens of a trusted issuer give, when their claims are so.</summary>
[Cmdlet(VerbsCommon.New, "MedatarunTrustedIssuerRule", SupportsShouldProcess = true)]
[OutputType(typeof(MedatarunTrustedIssuerRule))]
[MedatarunOperation("auth/issuer_rule_create")]
public sealed class NewMedatarunTrustedIssuerRuleCommand : CreationCmdlet<IssuerRuleInfo>
{
    private RuleConditions given;

    /// <summary>The trusted issuer whose tokens it is about: a name, or an object that has one.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [IssuerNameText]
    [ArgumentCompleter(typeof(TrustedIssuerCompleter))]
    public string IssuerName { get; set; } = string.Empty;

    /// <summary>What the rule is called.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    public string Name { get; set; } = string.Empty;

    /// <summary>What it is for. Default: nothing.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? Description { get; set; }

    /// <summary>Claims and what each must be: a value, or a list of which it must be one.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [ClaimTable]
    public IDictionary? Claim { get; set; }

    /// <summary>Claims and the pattern that each must fit.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [ClaimTable]
    public IDictionary? ClaimLike { get; set; }

    /// <summary>Conditions of another rule, or their JSON.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Conditions")]
    [AllowNull]
    [AllowEmptyCollection]
    [ConditionList]
    public ClaimConditionList? Condition { get; set; }

    /// <summary>The roles that it gives: keys, or role objects.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Roles")]
    [TextList("Key", "Role")]
    [ArgumentCompleter(typeof(RoleCompleter))]
    public string[] Role { get; set; } = [];

    private protected override string Action => $"Create rule {Name}";

    private protected override string Target => IssuerName;

    private protected override ProblemDefinition Taken => IssuerProblems.IssuerRuleAlreadyExists;

    /// <inheritdoc/>
    protected override void BeginProcessing() => given = new RuleConditions(IsBound(nameof(Condition)));

    private protected override IssuerRuleInfo Create() => Invoke(IssuerOperations.IssuerRuleCreate, new IssuerRuleCreateRequest
    {
        IssuerName = IssuerName,
        Name = Name,
        Description = NullIfEmpty(Description),
        Conditions = given.Of(Claim, ClaimLike, Condition) ?? [],
        Roles = Role,
    });

    private protected override IssuerRuleInfo? Find() =>
        Invoke(IssuerOperations.IssuerRuleList, new IssuerRuleListRequest { IssuerName = IssuerName })
            .FirstOrDefault(known => known.Name == Name);

    private protected override object View(IssuerRuleInfo item) => new MedatarunTrustedIssuerRule(item);
}
