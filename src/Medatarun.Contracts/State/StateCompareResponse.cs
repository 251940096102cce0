namespace Medatarun.Contracts.State;

/// <summary>What differs.</summary>
public sealed record StateCompareResponse
{
    /// <summary>Whether nothing differs.</summary>
    public required bool InStep { get; init; }

    /// <summary>What differs, in the order in which it would be changed.</summary>
    public required IReadOnlyList<StateDifference> Differences { get; init; }

    /// <summary>Stands for what the server held: <c>expected</c> of <c>apply</c>.</summary>
    public required string Fingerprint { get; init; }
}
