using System.Text.Json.Serialization;
using Medatarun.Contracts.Operations;

namespace Medatarun.Contracts.Auth;

/// <summary>Puts a permission into a role, or takes it out.</summary>
public sealed record RolePermissionRequest
{
    /// <summary>The role, as in <see cref="RoleReference"/>.</summary>
    [JsonPropertyName("roleRef")]
    [Member("The role: 'id:' and its id, or 'key:' and its key.", Required = true)]
    public string? RoleRef { get; init; }

    /// <summary>The permission's key.</summary>
    [JsonPropertyName("permissionKey")]
    [Member("The permission's key.", Required = true)]
    public string? PermissionKey { get; init; }
}
