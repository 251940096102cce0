using System.Text.Json.Serialization;
using Medatarun.Contracts.Operations;

namespace Medatarun.Contracts.Auth;

/// <summary>Names the permission that an operation is about.</summary>
public sealed record PermissionReference
{
    /// <summary>The permission's key.</summary>
    [JsonPropertyName("permissionKey")]
    [Member("The permission's key.", Required = true)]
    public string? PermissionKey { get; init; }
}
