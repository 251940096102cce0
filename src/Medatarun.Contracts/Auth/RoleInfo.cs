using System.Text.Json.Serialization;

namespace Medatarun.Contracts.Auth;

/// <summary>A role: a named bag of permissions.</summary>
public sealed record RoleInfo
{
    /// <summary>The id (UUID version 7).</summary>
    public required string Id { get; init; }

    /// <summary>The key: <c>manager</c>.</summary>
    public required string Key { get; init; }

    /// <summary>The name for people.</summary>
    public required string Name { get; init; }

    /// <summary>What the role is for.</summary>
    public required string Description { get; init; }

    /// <summary>Whether the role is the product's own and cannot be changed.</summary>
    public required bool Managed { get; init; }

    /// <summary>Whether new actors get the role by themselves. At most one role does.</summary>
    [JsonPropertyName("autoAssign")]
    public required bool AutoAssign { get; init; }

    /// <summary>The permissions that were put into the role.</summary>
    public required IReadOnlyList<string> Permissions { get; init; }

    /// <summary>The permissions that come with those.</summary>
    [JsonPropertyName("impliedPermissions")]
    public required IReadOnlyList<string> ImpliedPermissions { get; init; }

    /// <summary>When the role was created (UTC).</summary>
    [JsonPropertyName("createdAt")]
    public required DateTimeOffset CreatedAt { get; init; }
}
