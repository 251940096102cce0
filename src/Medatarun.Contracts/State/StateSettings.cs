using System.Text.Json.Serialization;

namespace Medatarun.Contracts.State;

/// <summary>Settings of the server.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record StateSettings
{
    /// <summary>The key of the role that new actors get by themselves; an empty text for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AutomaticRole { get; init; }
}
