using System.Text.Json.Serialization;
using Medatarun.Contracts.Operations;

namespace Medatarun.Contracts.Auth;

/// <summary>Changes what is given of a group; what is left out stays.</summary>
public sealed record GroupUpdateRequest
{
    /// <summary>The group, as in <see cref="GroupReference"/>.</summary>
    [JsonPropertyName("groupRef")]
    [Member("The group: 'id:' and its id, or 'key:' and its key.", Required = true)]
    public string? GroupRef { get; init; }

    /// <summary>The key from now on. Default: unchanged.</summary>
    [Member("The key from now on; unchanged when left out.")]
    public string? Key { get; init; }

    /// <summary>What the group is for; an empty text clears it. Default: unchanged.</summary>
    [Member("What the group is for; an empty text clears it, unchanged when left out.")]
    public string? Description { get; init; }
}
