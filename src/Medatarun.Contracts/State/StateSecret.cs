using System.Text.Json.Serialization;

namespace Medatarun.Contracts.State;

/// <summary>Where a secret comes from, for whoever applies the state. One of the two is given.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record StateSecret
{
    /// <summary>The environment variable that holds it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Env { get; init; }

    /// <summary>The file that holds it, without the line break at its end; relative to the document.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? File { get; init; }
}
