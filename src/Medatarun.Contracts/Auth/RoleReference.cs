using System.Text.Json.Serialization;
using Medatarun.Contracts.Operations;

namespace Medatarun.Contracts.Auth;

/// <summary>Names the role that an operation is about.</summary>
public sealed record RoleReference
{
    /// <summary><c>id:</c> and the id, or <c>key:</c> and the key. Without a prefix it is a key.</summary>
    [JsonPropertyName("roleRef")]
    [Member("The role: 'id:' and its id, or 'key:' and its key.", Required = true)]
    public string? RoleRef { get; init; }
}
