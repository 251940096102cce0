using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.External;

/// <summary>Makes a rule: which roles tokens of an issuer give, when their claims are so.</summary>
internal sealed class IssuerRuleCreateHandler() : StoreHandler<IssuerRuleCreateRequest, IssuerRuleInfo>(IssuerOperations.IssuerRuleCreate)
{
    protected override string? Target(IssuerRuleCreateRequest request) => $"{request.IssuerName}/{request.Name}";

    protected override Outcome<IssuerRuleInfo> Run(
        StoreTransaction transaction, IssuerRuleCreateRequest request, Caller caller, DateTimeOffset now)
    {
        if (TrustedIssuerQueries.Require(transaction, request.IssuerName!, "issuer_name").Failed(out var problem, out var issuer)
            || AccessKey.Parse(request.Name!, "name").Failed(out problem, out var name)
            || (problem = RuleTerms.Check(request.Description, request.Conditions, request.Roles)) is not null
            || IssuerAuthority.Roles(transaction, caller, request.Roles!).Failed(out problem, out var roles))
        {
            return problem;
        }

        if (IssuerRuleQueries.Find(transaction, issuer.Id, name.Value) is not null)
        {
            return Problem.OfMember(IssuerProblems.IssuerRuleAlreadyExists, "name", $"'{issuer.Name}' has a rule '{name}'.");
        }

        var rule = new IssuerRule
        {
            Id = Guid.CreateVersion7(now),
            IssuerId = issuer.Id,
            IssuerName = issuer.Name,
            Name = name.Value,
            Description = request.Description ?? "",
            Conditions = request.Conditions!,
            CreatedAt = now,
        };
        IssuerRuleQueries.Insert(transaction, rule, roles);
        return IssuerRuleQueries.Info(transaction, rule);
    }
}
