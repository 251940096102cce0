using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Audit;
using Medatarun.Server.Operations;

namespace Medatarun.Server.Tokens;

/// <summary>What an API token is for, in words that look the same to everybody who lists it.</summary>
internal readonly record struct ApiTokenName
{
    private ApiTokenName(string value) => Value = value;

    public string Value { get; }

    public static Outcome<ApiTokenName> Parse(string text)
    {
        var name = text.Trim();
        return name.Length > 0 && name.EnumerateRunes().Count() <= ApiTokenCreateRequest.MaxNameLength && !name.Any(VisibleText.IsHidden)
            ? new ApiTokenName(name)
            : Problem.OfMember(
                ProblemCatalogue.InvalidRequest,
                "name",
                $"'name' must have 1 to {ApiTokenCreateRequest.MaxNameLength} characters, and no control or other hidden character.");
    }

    public override string ToString() => Value;
}
