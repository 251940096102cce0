using System.Text.Json.Serialization;
using Medatarun.Contracts.Operations;

namespace Medatarun.Contracts.Auth;

/// <summary>Puts a user into a group, or takes them out.</summary>
public sealed record GroupMemberRequest : IUserReference
{
    /// <summary>The group, as in <see cref="GroupReference"/>.</summary>
    [JsonPropertyName("groupRef")]
    [Member("The group: 'id:' and its id, or 'key:' and its key.", Required = true)]
    public string? GroupRef { get; init; }

    /// <inheritdoc/>
    [Member("The user's username, or the service account's name; needed unless an id is given.")]
    public string? Username { get; init; }

    /// <inheritdoc/>
    [Member("The actor's id, instead of the name.")]
    public string? Id { get; init; }
}
