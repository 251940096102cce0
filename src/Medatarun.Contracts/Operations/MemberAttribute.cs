namespace Medatarun.Contracts.Operations;

/// <summary>What every face needs to know about one member of a request: its sentence, and whether it must be there.</summary>
/// <param name="description">One sentence, shown by help, OpenAPI and prompts.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MemberAttribute(string description) : Attribute
{
    /// <summary>One sentence, shown by help, OpenAPI and prompts.</summary>
    public string Description { get; } = description;

    /// <summary>Whether a request without this member is refused. Default: false.</summary>
    public bool Required { get; init; }

    /// <summary>Another name under which clients may send the member (kept for clients of the original server).</summary>
    public string? Alias { get; init; }
}
