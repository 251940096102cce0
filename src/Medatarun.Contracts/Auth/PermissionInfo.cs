namespace Medatarun.Contracts.Auth;

/// <summary>A permission.</summary>
public sealed record PermissionInfo
{
    /// <summary>The key: <c>user_manage</c>.</summary>
    public required string Key { get; init; }

    /// <summary>What it allows.</summary>
    public required string Description { get; init; }

    /// <summary>What it belongs to.</summary>
    public required string Category { get; init; }

    /// <summary>Whether it is the product's own, and cannot be changed.</summary>
    public required bool Managed { get; init; }

    /// <summary>Every permission that comes with it, directly or through another.</summary>
    public required IReadOnlyList<string> Implies { get; init; }
}
