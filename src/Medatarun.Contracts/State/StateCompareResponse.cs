namespace Medatarun.Contracts.State;

/// <summary>What differs; or, from <c>apply</c>, what differed and was changed.</summary>
public sealed record StateCompareResponse
{
    /// <summary>Whether nothing differs; from <c>apply</c>, whether there was nothing to change.</summary>
    public required bool InStep { get; init; }

    /// <summary>What differs, in the order in which it would be changed.</summary>
    public required IReadOnlyList<StateDifference> Differences { get; init; }

    /// <summary>Stands for what the server held, or after <c>apply</c> holds: <c>expected</c> of <c>apply</c>.</summary>
    public required string Fingerprint { get; init; }
}
