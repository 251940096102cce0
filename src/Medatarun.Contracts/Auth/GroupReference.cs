using System.Text.Json.Serialization;
using Medatarun.Contracts.Operations;

namespace Medatarun.Contracts.Auth;

/// <summary>Names the group that an operation is about.</summary>
public sealed record GroupReference
{
    /// <summary><c>id:</c> and the id, or <c>key:</c> and the key. Without a prefix it is a key.</summary>
    [JsonPropertyName("groupRef")]
    [Member("The group: 'id:' and its id, or 'key:' and its key.", Required = true)]
    public string? GroupRef { get; init; }
}
