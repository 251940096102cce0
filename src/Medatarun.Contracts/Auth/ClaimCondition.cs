using System.Text.Json.Serialization;

namespace Medatarun.Contracts.Auth;

/// <summary>
/// What a claim of an external token must be. Exactly one of <see cref="EqualTo"/>, <see cref="OneOf"/> and <see cref="Glob"/> is given. A claim
/// that is a list meets it when one of its values does. Numbers are compared as they are written in JSON; true and false as those words.
/// </summary>
public sealed record ClaimCondition
{
    /// <summary>The most characters of a claim's name, a value or a pattern.</summary>
    public const int MaxLength = 256;

    /// <summary>The most values of <see cref="OneOf"/>.</summary>
    public const int MaxValues = 50;

    /// <summary>The name of the claim; or, beginning with <c>/</c>, a path into the token (RFC 6901): <c>/realm_access/roles</c>. 1 to 256 characters.</summary>
    public string? Claim { get; init; }

    /// <summary>The value that it must be, letter for letter.</summary>
    [JsonPropertyName("equals")]
    public string? EqualTo { get; init; }

    /// <summary>The values of which it must be one, letter for letter; 1 to 50.</summary>
    public IReadOnlyList<string>? OneOf { get; init; }

    /// <summary>
    /// The pattern that it must fit whole: <c>*</c> is any text, also an empty one and also <c>/</c>, <c>?</c> is one character, <c>\</c> takes the next
    /// character as it is. 1 to 256 characters.
    /// </summary>
    public string? Glob { get; init; }
}
