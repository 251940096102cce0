using System.Text.Json.Serialization;

namespace Medatarun.Contracts.State;

/// <summary>
/// Who and what should exist. A section that is left out is not looked at. Unlike in requests, a member that is not known is refused.
/// See docs/decisions/0013-desired-state.md.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record StateDocument
{
    /// <summary>The value of <see cref="Version"/> that this version writes and reads.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The largest document, in bytes: 16 MiB.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>A schema for editors; not looked at.</summary>
    [JsonPropertyName("$schema")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Schema { get; init; }

    /// <summary>The version of the form: 1. Needed.</summary>
    public int? Version { get; init; }

    /// <summary>Settings of the server.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StateSettings? Settings { get; init; }

    /// <summary>Permissions that other systems ask for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<StatePermissionEntry>? Permissions { get; init; }

    /// <summary>Roles, but for the product's own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<StateRole>? Roles { get; init; }

    /// <summary>Groups.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<StateGroup>? Groups { get; init; }

    /// <summary>Users.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<StateUser>? Users { get; init; }

    /// <summary>Service accounts.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<StateServiceAccount>? ServiceAccounts { get; init; }

    /// <summary>Trusted issuers, but for those of the configuration.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<StateIssuer>? Issuers { get; init; }

    /// <summary>What the claims of issuers give.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<StateIssuerRule>? IssuerRules { get; init; }
}
