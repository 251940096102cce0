using Medatarun.Contracts.Problems;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.External;

/// <summary>What the store says now of the subject of an external token: whether they are let in, and what they may do.</summary>
internal sealed record ExternalStanding
{
    /// <summary>What the audit record says of a disabled actor; they learn no more than that the token is invalid.</summary>
    public const string DisabledRecord = "actor_disabled";

    /// <summary>What the audit record says when the issuer lets in only whom a rule fits.</summary>
    public const string NoRuleRecord = "no_rule_fits";

    /// <summary>The actor; null when they never came.</summary>
    public required ActorRow? Actor { get; init; }

    /// <summary>What rules give.</summary>
    public required FittingRules Rules { get; init; }

    /// <summary>Whether the rules let them in.</summary>
    public required bool LetIn { get; init; }

    public Problem? Refusal =>
        Actor?.DisabledAt is not null ? new Problem(ProblemCatalogue.InvalidToken) { RecordedAs = DisabledRecord }
        : !LetIn ? new Problem(ProblemCatalogue.InvalidToken) { RecordedAs = NoRuleRecord }
        : null;

    /// <summary>The standing; null when the issuer is another one than when the token was verified.</summary>
    public static ExternalStanding? Of(StoreTransaction transaction, ExternalToken token)
    {
        if (TrustedIssuerQueries.FindByIssuer(transaction, token.Issuer.Issuer) is not { DisabledAt: null } issuer
            || issuer.Version != token.Issuer.Version)
        {
            return null;
        }

        var rules = FittingRules.Of(transaction, issuer, token.Claims);
        return new ExternalStanding
        {
            Actor = ActorQueries.FindExternal(transaction, issuer.Issuer, token.Subject),
            Rules = rules,
            LetIn = rules.LetIn(issuer),
        };
    }
}
