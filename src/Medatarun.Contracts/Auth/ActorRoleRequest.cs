using System.Text.Json.Serialization;
using Medatarun.Contracts.Operations;

namespace Medatarun.Contracts.Auth;

/// <summary>Gives a role to an actor, or takes it from them.</summary>
public sealed record ActorRoleRequest
{
    /// <summary>The actor's id.</summary>
    [JsonPropertyName("actorId")]
    [Member("The actor's id.", Required = true, Alias = "actor_id")]
    public string? ActorId { get; init; }

    /// <summary>The role, as in <see cref="RoleReference"/>.</summary>
    [JsonPropertyName("roleRef")]
    [Member("The role: 'id:' and its id, or 'key:' and its key.", Required = true)]
    public string? RoleRef { get; init; }

    /// <summary>The second name of <see cref="ActorId"/>.</summary>
    [JsonPropertyName("actor_id")]
    public string? ActorIdAlias { init => ActorId ??= value; }
}
