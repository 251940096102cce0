using Medatarun.Contracts.Problems;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;

namespace Medatarun.Server.Users;

/// <summary>A username that follows the rules: it cannot hold another one.</summary>
internal readonly record struct Username
{
    public const int MinLength = 3;
    public const int MaxLength = 32;

    private Username(string value) => Value = value;

    public string Value { get; }

    public static Outcome<Username> Parse(string text, string member = "username") =>
        text.Length is < MinLength or > MaxLength
            ? Refuse(member, $"it must have {MinLength} to {MaxLength} characters")
            : NameRule.IsWellFormed(text)
                ? new Username(text)
                : Refuse(member, NameRule.Sentence);

    public override string ToString() => Value;

    private static Problem Refuse(string member, string reason) =>
        Problem.OfMember(ProblemCatalogue.BadUsername, member, $"Bad username: {reason}.");
}
