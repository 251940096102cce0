namespace Medatarun.Contracts.Problems;

/// <summary>The refusals that are about trusted issuers.</summary>
public static class IssuerProblems
{
    /// <summary>What was said of an issuer cannot be trusted, or cannot be reached.</summary>
    public static ProblemDefinition BadIssuer { get; } = new(
        "bad_issuer", 400, "Bad issuer", "What was said of the issuer is not valid.",
        "Give 'jwks' or 'authority' (https, or http on this machine), and algorithms of RS256, PS256, ES256 and ES384.");

    /// <summary>A condition of a rule cannot be read.</summary>
    public static ProblemDefinition BadCondition { get; } = new(
        "bad_condition", 400, "Bad condition", "A condition cannot be read.",
        "Give each condition a claim and one of 'equals', 'one_of' and 'glob'.");

    /// <summary>There is no such trusted issuer.</summary>
    public static ProblemDefinition IssuerNotFound { get; } = new(
        "issuer_not_found", 404, "Issuer not found", "There is no trusted issuer of that name.",
        "List the trusted issuers to see which there are.");

    /// <summary>There is no such rule.</summary>
    public static ProblemDefinition IssuerRuleNotFound { get; } = new(
        "issuer_rule_not_found", 404, "Rule not found", "There is no rule of that name.",
        "List the rules of the issuer to see which there are.");

    /// <summary>The name of the issuer is taken, or its tokens are accepted already.</summary>
    public static ProblemDefinition IssuerAlreadyExists { get; } = new(
        "issuer_already_exists", 409, "Issuer already exists", "There is a trusted issuer of that name.",
        "Choose another name, or change the one that is there.");

    /// <summary>The name of the rule is taken.</summary>
    public static ProblemDefinition IssuerRuleAlreadyExists { get; } = new(
        "issuer_rule_already_exists", 409, "Rule already exists", "The issuer has a rule of that name.",
        "Choose another name, or change the one that is there.");

    /// <summary>The keys of a trusted issuer could not be fetched, and none are known from before.</summary>
    public static ProblemDefinition IssuerUnavailable { get; } = new(
        "issuer_unavailable", 503, "Issuer unavailable", "The keys of the token's issuer cannot be fetched now.",
        "Check that the server reaches the issuer, then try again.");

    /// <summary>Every problem of this class.</summary>
    public static IReadOnlyList<ProblemDefinition> All { get; } =
        [BadIssuer, BadCondition, IssuerNotFound, IssuerRuleNotFound, IssuerAlreadyExists, IssuerRuleAlreadyExists, IssuerUnavailable];
}
