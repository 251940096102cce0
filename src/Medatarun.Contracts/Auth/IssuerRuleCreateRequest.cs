using Medatarun.Contracts.Operations;

namespace Medatarun.Contracts.Auth;

/// <summary>Makes a rule.</summary>
public sealed record IssuerRuleCreateRequest
{
    /// <summary>The most conditions, and the most roles, of a rule.</summary>
    public const int MaxConditions = 20;

    /// <summary>The name of the trusted issuer whose tokens it is about.</summary>
    [Member("The name of the trusted issuer whose tokens it is about.", Required = true)]
    public string? IssuerName { get; init; }

    /// <summary>What the rule is called, by the rules of a key: 2 to 64 characters. Unique with its issuer.</summary>
    [Member("What the rule is called: lower case letters and digits, in parts joined by one '.', '_' or '-'.", Required = true)]
    public string? Name { get; init; }

    /// <summary>What it is for. Default: nothing.</summary>
    [Member("What it is for.")]
    public string? Description { get; init; }

    /// <summary>What must all be true of a token: 1 to 20 conditions.</summary>
    [Member("What must all be true of a token: a list of {\"claim\":…} with one of \"equals\", \"one_of\" and \"glob\".", Required = true)]
    public IReadOnlyList<ClaimCondition>? Conditions { get; init; }

    /// <summary>The keys of the roles that it gives: 1 to 20. The caller must hold what they hold, and none may hold <c>admin</c>.</summary>
    [Member("The keys of the roles that it gives.", Required = true)]
    public IReadOnlyList<string>? Roles { get; init; }
}
