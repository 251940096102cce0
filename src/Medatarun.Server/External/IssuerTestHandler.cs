using Medatarun.Contracts.Auth;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.External;

/// <summary>Says whether an external token would be accepted, and if not, why. Nothing comes of it but an audit record.</summary>
internal sealed class IssuerTestHandler(ExternalTokenVerifier verifier) : OperationHandler<TokenExchangeRequest, IssuerTestResponse>(IssuerOperations.IssuerTest)
{
    public override async ValueTask<Outcome<Prepared<IssuerTestResponse>>> PrepareAsync(
        TokenExchangeRequest request, CallContext call, CancellationToken cancellationToken)
    {
        var diagnosis = await verifier.DiagnoseAsync(request.Token!.Reveal(), call.Now);
        call.Target = diagnosis.Issuer?.Name;
        return Prepared<IssuerTestResponse>.InStore(transaction => Answer(transaction, diagnosis));
    }

    private static IssuerTestResponse Answer(StoreTransaction transaction, ExternalDiagnosis diagnosis)
    {
        var refused = new IssuerTestResponse
        {
            Accepted = false, IssuerName = diagnosis.Issuer?.Name, Subject = null, ExpiresAt = null, Rules = [], Roles = [], Checks = diagnosis.Checks,
        };
        if (diagnosis.Outcome.Failed(out _, out var token))
        {
            return refused;
        }

        var verified = refused with { Subject = token.Subject, ExpiresAt = token.ExpiresAt - ExternalTokenSteps.Skew };
        if (ExternalStanding.Of(transaction, token) is not { } standing)
        {
            return verified with { Checks = [.. diagnosis.Checks, Check("issuer", false, "The issuer was changed at this moment: test again.")] };
        }

        var actor = Actor(standing);
        var rule = Rule(standing, token.Issuer);
        return verified with
        {
            Accepted = standing.Refusal is null,
            Rules = standing.Rules.Names,
            Roles = standing.Actor is { } known ? standing.Rules.RolesOf(transaction, known.Id) : RolesOfNew(transaction, standing.Rules),
            Checks = actor.Passed ? [.. diagnosis.Checks, actor, rule] : [.. diagnosis.Checks, actor],
        };
    }

    private static IssuerTestCheck Actor(ExternalStanding standing) =>
        standing.Actor is not { } actor ? Check("actor", true, "There is no actor yet: the first call makes one.")
        : actor.DisabledAt is null ? Check("actor", true, $"The actor is {actor.Id}.")
        : Check("actor", false, $"The actor {actor.Id} is disabled.");

    private static IssuerTestCheck Rule(ExternalStanding standing, TrustedIssuer issuer)
    {
        var names = string.Join(", ", standing.Rules.Names.Select(name => $"'{name}'"));
        var found =
            names.Length == 0 ? $"No rule of '{issuer.Name}' fits"
            : standing.Rules.Roles.Count == 0 ? $"{names} fits and gives no role: rules give none that holds 'admin'"
            : $"{names} gives {string.Join(", ", standing.Rules.Roles.Select(role => $"'{role}'"))}";
        return Check("rule", standing.LetIn, standing.LetIn ? $"{found}." : $"{found}, and the issuer lets in only whom a rule gives a role.");
    }

    private static IReadOnlyList<string> RolesOfNew(StoreTransaction transaction, FittingRules rules) =>
        RoleQueries.AutoAssigned(transaction) is { } automatic
            ? [.. rules.Roles.Append(automatic.Key).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]
            : rules.Roles;

    private static IssuerTestCheck Check(string name, bool passed, string detail) => new() { Check = name, Passed = passed, Detail = detail };
}
