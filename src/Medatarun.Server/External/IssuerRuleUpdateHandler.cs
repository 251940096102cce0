using Medatarun.Contracts.Auth;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.External;

/// <summary>Changes what is given of a rule.</summary>
internal sealed class IssuerRuleUpdateHandler() : StoreHandler<IssuerRuleUpdateRequest, IssuerRuleInfo>(IssuerOperations.IssuerRuleUpdate)
{
    protected override string? Target(IssuerRuleUpdateRequest request) => $"{request.IssuerName}/{request.Name}";

    protected override Outcome<IssuerRuleInfo> Run(
        StoreTransaction transaction, IssuerRuleUpdateRequest request, Caller caller, DateTimeOffset now)
    {
        if (IssuerRuleQueries.Require(transaction, request.IssuerName!, request.Name!).Failed(out var problem, out var rule)
            || (problem = RuleTerms.Check(request.Description, request.Conditions, request.Roles)) is not null
            || Roles(transaction, caller, rule, request.Roles).Failed(out problem, out var roles))
        {
            return problem;
        }

        var changed = rule with { Description = request.Description ?? rule.Description, Conditions = request.Conditions ?? rule.Conditions };
        IssuerRuleQueries.Update(transaction, changed);
        IssuerRuleQueries.SetRoles(transaction, changed, roles);
        return IssuerRuleQueries.Info(transaction, changed);
    }

    // Whoever says to whom roles are given must hold what they hold, also where the roles stay.
    private static Outcome<IReadOnlyList<RoleRow>> Roles(
        StoreTransaction transaction, Caller caller, IssuerRule rule, IReadOnlyList<string>? references)
    {
        if (references is not null)
        {
            return IssuerAuthority.Roles(transaction, caller, references);
        }

        var kept = IssuerRuleQueries.Roles(transaction, rule);
        var refusals = kept.Select(role => AuthorityRules.MayGrantRole(transaction, caller, role.Id));
        return refusals.FirstOrDefault(refusal => refusal is not null) is { } problem ? problem : Outcome<IReadOnlyList<RoleRow>>.Of(kept);
    }
}
