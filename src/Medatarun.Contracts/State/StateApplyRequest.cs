using Medatarun.Contracts.Operations;

namespace Medatarun.Contracts.State;

/// <summary>Makes what is what should be: all of it, or nothing.</summary>
public sealed record StateApplyRequest
{
    /// <summary>What should be.</summary>
    [Member("What should be: the document.", Required = true)]
    public StateDocument? Document { get; init; }

    /// <summary>Whether what is in no section that the document has is deleted. Default: false.</summary>
    [Member("Whether what the document's sections do not name is deleted; false when left out.")]
    public bool? Prune { get; init; }

    /// <summary>The fingerprint of the comparison that was looked at. Default: whatever is, is changed.</summary>
    [Member("The fingerprint of the comparison that was looked at; refused when the server holds something else by now.")]
    public string? Expected { get; init; }

    /// <summary>The passwords of users that are made, by username. Default: none.</summary>
    [Member("The passwords of users that are made, by username.")]
    public IReadOnlyDictionary<string, Secret>? Passwords { get; init; }
}
