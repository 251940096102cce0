using System.Text.Json.Serialization;

namespace Medatarun.Contracts.State;

/// <summary>A trusted issuer, as of issuer_create.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record StateIssuer
{
    /// <summary>What it is called here. Needed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }

    /// <summary>The <c>iss</c> of its tokens; it cannot change. Default: the authority.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Issuer { get; init; }

    /// <summary>Where its keys are. This or the authority is needed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Jwks { get; init; }

    /// <summary>Where its discovery document is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Authority { get; init; }

    /// <summary>The algorithms that are accepted. Default: RS256.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Algorithms { get; init; }

    /// <summary>The audiences of which a token must have one. Default: not looked at.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Audiences { get; init; }

    /// <summary>Whether only tokens that a rule fits are accepted. Default: false.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? RuleRequired { get; init; }

    /// <summary>Whether its tokens are refused for now. Default: false.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Disabled { get; init; }
}
