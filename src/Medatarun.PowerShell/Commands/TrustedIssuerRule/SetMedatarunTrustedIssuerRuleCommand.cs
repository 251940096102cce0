using System.Collections;
using System.Management.Automation;
using Medatarun.Contracts.Auth;
using Medatarun.PowerShell.Objects;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Commands;

/// <summary>Changes what is given of rules; what is left out stays.</summary>
[Cmdlet(VerbsCommon.Set, "MedatarunTrustedIssuerRule", SupportsShouldProcess = true)]
[OutputType(typeof(MedatarunTrustedIssuerRule))]
[MedatarunOperation("auth/issuer_rule_update")]
public sealed class SetMedatarunTrustedIssuerRuleCommand : TrustedIssuerRuleChangeCmdlet
{
    private RuleConditions given;

    /// <summary>What it is for; nothing or an empty text clears it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? Description { get; set; }

    /// <summary>Claims and what each must be, instead of the conditions that are there.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [ClaimTable]
    public IDictionary? Claim { get; set; }

    /// <summary>Claims and the pattern that each must fit, instead of the conditions that are there.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [ClaimTable]
    public IDictionary? ClaimLike { get; set; }

    /// <summary>Conditions of another rule, or their JSON, instead of the conditions that are there.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Conditions")]
    [AllowNull]
    [AllowEmptyCollection]
    [ConditionList]
    public ClaimConditionList? Condition { get; set; }

    /// <summary>The roles that it gives, instead of those that are there: keys, or role objects.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Roles")]
    [AllowNull]
    [AllowEmptyCollection]
    [TextList("Key", "Role")]
    [ArgumentCompleter(typeof(RoleCompleter))]
    public string[]? Role { get; set; }

    private protected override string Action => $"Change rule of {IssuerName}";

    /// <inheritdoc/>
    protected override void BeginProcessing() => given = new RuleConditions(IsBound(nameof(Condition)));

    private protected override object? Change(string identity)
    {
        var rule = Invoke(IssuerOperations.IssuerRuleUpdate, new IssuerRuleUpdateRequest
        {
            IssuerName = IssuerName,
            Name = identity,
            Description = IsBound(nameof(Description)) ? Description ?? string.Empty : null,
            Conditions = given.Of(Claim, ClaimLike, Condition),
            // An empty column of a file names no other roles, since there must be some.
            Roles = Role is { Length: > 0 } ? Role : null,
        });
        return PassThru ? new MedatarunTrustedIssuerRule(rule) : null;
    }
}
