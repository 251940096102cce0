using System.Text.Json.Serialization;
using Medatarun.Contracts.Operations;

namespace Medatarun.Contracts.Auth;

/// <summary>Says whether new actors get a role by themselves.</summary>
public sealed record RoleAutoAssignRequest
{
    /// <summary>The role, as in <see cref="RoleReference"/>.</summary>
    [JsonPropertyName("roleRef")]
    [Member("The role: 'id:' and its id, or 'key:' and its key.", Required = true)]
    public string? RoleRef { get; init; }

    /// <summary>Whether new actors get it.</summary>
    [Member("Whether new actors get the role by themselves; true takes this from any other role.", Required = true)]
    public bool? Value { get; init; }
}
