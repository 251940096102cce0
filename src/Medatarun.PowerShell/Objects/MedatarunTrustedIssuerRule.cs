using Medatarun.Contracts.Auth;

namespace Medatarun.PowerShell.Objects;

/// <summary>A rule: which roles tokens of an issuer give, when their claims are so.</summary>
public sealed class MedatarunTrustedIssuerRule
{
    internal MedatarunTrustedIssuerRule(IssuerRuleInfo rule)
    {
        IssuerName = rule.IssuerName;
        Name = rule.Name;
        Description = rule.Description;
        Conditions = new ClaimConditionList(rule.Conditions);
        Roles = new NameList(rule.Roles);
        CreatedAt = rule.CreatedAt;
        Id = rule.Id;
    }

    /// <summary>The name of the trusted issuer whose tokens it is about.</summary>
    public string IssuerName { get; }

    /// <summary>What the rule is called.</summary>
    public string Name { get; }

    /// <summary>What it is for; empty for nothing.</summary>
    public string Description { get; }

    /// <summary>What must all be true of a token.</summary>
    public ClaimConditionList Conditions { get; }

    /// <summary>The keys of the roles that it gives.</summary>
    public NameList Roles { get; }

    /// <summary>When it was made (UTC).</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>The id (UUID).</summary>
    public string Id { get; }

    /// <summary>What it is called, with its issuer.</summary>
    public override string ToString() => $"{IssuerName}/{Name}";
}
