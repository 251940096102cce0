using Medatarun.Contracts.State;

namespace Medatarun.Server.State;

/// <summary>What differs at one moment.</summary>
/// <param name="Faults">What is wrong with the document; then there are no steps.</param>
/// <param name="Steps">What differs, in the order in which it is changed.</param>
/// <param name="Fingerprint">Stands for what there was.</param>
internal sealed record PlannedState(StateFaults Faults, IReadOnlyList<StateStep> Steps, string Fingerprint)
{
    /// <summary>The answer to whoever asked, with the fingerprint of what there was, or of what there is now.</summary>
    public StateCompareResponse ToResponse(string? fingerprint = null) => new()
    {
        InStep = Steps.Count == 0,
        Differences = [.. Steps.Select(step => step.Difference)],
        Fingerprint = fingerprint ?? Fingerprint,
    };
}
