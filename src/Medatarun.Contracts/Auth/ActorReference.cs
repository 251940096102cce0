using System.Text.Json.Serialization;
using Medatarun.Contracts.Operations;

namespace Medatarun.Contracts.Auth;

/// <summary>Names the actor that an operation is about.</summary>
public sealed record ActorReference
{
    /// <summary>The actor's id.</summary>
    [JsonPropertyName("actorId")]
    [Member("The actor's id.", Required = true, Alias = "actor_id")]
    public string? ActorId { get; init; }

    /// <summary>The second name of <see cref="ActorId"/>.</summary>
    [JsonPropertyName("actor_id")]
    public string? ActorIdAlias { init => ActorId ??= value; }
}
