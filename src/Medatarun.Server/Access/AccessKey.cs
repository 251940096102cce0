using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;

namespace Medatarun.Server.Access;

/// <summary>A key of a role, group or permission that follows the rules.</summary>
internal readonly record struct AccessKey
{
    private const int MinLength = 2;
    private const int MaxLength = 64;

    private AccessKey(string value) => Value = value;

    public string Value { get; }

    public static Outcome<AccessKey> Parse(string text, string member = "key") =>
        text.Length is < MinLength or > MaxLength ? Refuse(member, $"it must have {MinLength} to {MaxLength} characters")
        : NameRule.IsWellFormed(text) ? new AccessKey(text)
        : Refuse(member, NameRule.Sentence);

    public override string ToString() => Value;

    private static Problem Refuse(string member, string reason) =>
        Problem.OfMember(ProblemCatalogue.BadKey, member, $"Bad key: {reason}.");
}
