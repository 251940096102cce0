using Medatarun.Contracts.Operations;

namespace Medatarun.Contracts.State;

/// <summary>Asks what differs between what is and what should be.</summary>
public sealed record StateCompareRequest
{
    /// <summary>What should be.</summary>
    [Member("What should be: the document.", Required = true)]
    public StateDocument? Document { get; init; }

    /// <summary>Whether what is in no section that the document has should be gone. Default: false.</summary>
    [Member("Whether what the document's sections do not name should be gone; false when left out.")]
    public bool? Prune { get; init; }
}
