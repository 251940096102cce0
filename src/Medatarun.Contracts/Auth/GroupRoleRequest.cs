using System.Text.Json.Serialization;
using Medatarun.Contracts.Operations;

namespace Medatarun.Contracts.Auth;

/// <summary>Gives a role to every member of a group, or takes it from them.</summary>
public sealed record GroupRoleRequest
{
    /// <summary>The group, as in <see cref="GroupReference"/>.</summary>
    [JsonPropertyName("groupRef")]
    [Member("The group: 'id:' and its id, or 'key:' and its key.", Required = true)]
    public string? GroupRef { get; init; }

    /// <summary>The role, as in <see cref="RoleReference"/>.</summary>
    [JsonPropertyName("roleRef")]
    [Member("The role: 'id:' and its id, or 'key:' and its key.", Required = true)]
    public string? RoleRef { get; init; }
}
