using System.Text.Json.Serialization;
using Medatarun.Contracts.Operations;

namespace Medatarun.Contracts.Auth;

/// <summary>Changes one text of a role.</summary>
public sealed record RoleTextRequest
{
    /// <summary>The role, as in <see cref="RoleReference"/>.</summary>
    [JsonPropertyName("roleRef")]
    [Member("The role: 'id:' and its id, or 'key:' and its key.", Required = true)]
    public string? RoleRef { get; init; }

    /// <summary>The text from now on.</summary>
    [Member("The text from now on.")]
    public string? Value { get; init; }
}
