using System.Text.Json.Serialization;
using Medatarun.Contracts.Auth;

namespace Medatarun.Contracts.State;

/// <summary>What the claims of an issuer give, as of issuer_rule_create.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record StateIssuerRule
{
    /// <summary>The name of the trusted issuer. Needed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? IssuerName { get; init; }

    /// <summary>What the rule is called. Needed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }

    /// <summary>What it is for. Default: nothing is said.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Description { get; init; }

    /// <summary>What must all be true of a token. Needed to make the rule.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ClaimCondition>? Conditions { get; init; }

    /// <summary>The keys of the roles that it gives. Needed to make the rule.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Roles { get; init; }
}
