using Medatarun.Contracts.Problems;

namespace Medatarun.Server.Operations;

/// <summary>A refusal: which one, and what exactly is wrong.</summary>
internal sealed record Problem(ProblemDefinition Definition, string? ExactDetail = null)
{
    public string Detail => ExactDetail ?? Definition.Detail;

    /// <summary>What is wrong with each member, when the request was refused for its content.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Errors { get; init; }

    /// <summary>When to try again, for 429 and 503.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether what the work did before it refused stands, instead of being undone. Default: false.</summary>
    public bool KeepsWork { get; init; }

    /// <summary>What the audit record says, where the caller is told less. Default: the code.</summary>
    public string? RecordedAs { get; init; }

    /// <summary>A refusal that is the fault of one member.</summary>
    public static Problem OfMember(ProblemDefinition definition, string member, string detail) =>
        new(definition, detail)
        {
            Errors = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { [member] = [detail] },
        };

    public static implicit operator Problem(ProblemDefinition definition) => new(definition);
}
