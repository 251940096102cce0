using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;

namespace Medatarun.Server.External;

/// <summary>What requests say of a rule, checked in one place for those that make one and those that change one.</summary>
internal static class RuleTerms
{
    /// <summary>The refusal of a description, conditions or roles that cannot be taken, or null; what is left out is good.</summary>
    public static Problem? Check(string? description, IReadOnlyList<ClaimCondition>? conditions, IReadOnlyList<string>? roles) =>
        Description.Check(description, "description")
        ?? (conditions is null ? null : ClaimConditions.Check(conditions))
        ?? (roles is null or { Count: > 0 and <= IssuerRuleCreateRequest.MaxConditions }
            ? null
            : Problem.OfMember(
                ProblemCatalogue.InvalidRequest, "roles", $"'roles' must name 1 to {IssuerRuleCreateRequest.MaxConditions} roles."));
}
