using System.Text.Json.Serialization;

namespace Medatarun.Contracts.Problems;

/// <summary>A refusal on the wire: <c>application/problem+json</c> (RFC 9457).</summary>
public sealed record ProblemDocument
{
    /// <summary><c>urn:medatarun:problem:</c> and the code.</summary>
    public string? Type { get; init; }

    /// <summary>A short name for people.</summary>
    public string? Title { get; init; }

    /// <summary>The HTTP status.</summary>
    public int Status { get; init; }

    /// <summary>What is wrong, in a sentence.</summary>
    public string? Detail { get; init; }

    /// <summary>Repeats <see cref="Detail"/> for clients of the original server.</summary>
    public string? Details { get; init; }

    /// <summary>The stable code.</summary>
    public string? Code { get; init; }

    /// <summary>Finds the request in the server's log.</summary>
    public string? RequestId { get; init; }

    /// <summary>What is wrong with each member, when the request was refused for its content.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Errors { get; init; }
}
