using System.Text.Json.Serialization;

namespace Medatarun.Contracts.Auth;

/// <summary>A group: a named set of users, which may carry roles.</summary>
public sealed record GroupInfo
{
    /// <summary>The id (UUID version 7).</summary>
    public required string Id { get; init; }

    /// <summary>The key, by which tokens and requests name the group.</summary>
    public required string Key { get; init; }

    /// <summary>What the group is for.</summary>
    public required string Description { get; init; }

    /// <summary>The keys of the roles that every member has.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>How many members it has.</summary>
    [JsonPropertyName("memberCount")]
    public required int MemberCount { get; init; }

    /// <summary>When the group was created (UTC).</summary>
    [JsonPropertyName("createdAt")]
    public required DateTimeOffset CreatedAt { get; init; }
}
