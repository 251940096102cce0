namespace Medatarun.Contracts.Operations;

/// <summary>A permission that the product itself knows.</summary>
/// <param name="Key">Its key: <c>user_manage</c>.</param>
/// <param name="Description">What it allows, in one sentence.</param>
/// <param name="Category">What it belongs to, for lists.</param>
/// <param name="Implies">The keys of the permissions that come with it.</param>
public sealed record PermissionDefinition(string Key, string Description, string Category, IReadOnlyList<string> Implies);
