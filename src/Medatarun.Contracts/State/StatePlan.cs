using System.Text.Json.Serialization;

namespace Medatarun.Contracts.State;

/// <summary>What a comparison found, with the document that was compared: kept, reviewed, and applied later exactly so. Holds no secret.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record StatePlan
{
    /// <summary>What should be. References to files are relative to the plan.</summary>
    public required StateDocument Document { get; init; }

    /// <summary>Whether what the document's sections do not name is deleted.</summary>
    public required bool Prune { get; init; }

    /// <summary>What will be done, in this order.</summary>
    public required IReadOnlyList<StateDifference> Differences { get; init; }

    /// <summary>Stands for what the server held: once it holds something else, the plan is refused.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>When the comparison was made.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>The address of the server that was asked; for those who read the plan.</summary>
    public required string Server { get; init; }
}
