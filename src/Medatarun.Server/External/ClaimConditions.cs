using System.Globalization;
using System.Text.Json;
using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;

namespace Medatarun.Server.External;

/// <summary>What rules ask of the claims of a token; see <see cref="ClaimCondition"/>.</summary>
internal static class ClaimConditions
{
    private const char PathMark = '/';

    /// <summary>The refusal of conditions that cannot be read, or null.</summary>
    public static Problem? Check(IReadOnlyList<ClaimCondition?> conditions)
    {
        if (conditions.Count is 0 or > IssuerRuleCreateRequest.MaxConditions)
        {
            return Refuse($"Give 1 to {IssuerRuleCreateRequest.MaxConditions} conditions.");
        }

        for (var index = 0; index < conditions.Count; index++)
        {
            if (Fault(conditions[index]) is { } fault)
            {
                return Refuse($"Condition {index + 1}: {fault}.");
            }
        }

        return null;
    }

    /// <summary>Whether all of them are true of a token.</summary>
    /// <param name="conditions">Conditions that were checked when they were stored.</param>
    /// <param name="claims">The payload, an object.</param>
    public static bool Hold(IReadOnlyList<ClaimCondition> conditions, JsonElement claims) =>
        conditions.Count > 0 && conditions.All(condition => Holds(condition, claims));

    private static string? Fault(ClaimCondition? condition) =>
        condition is null ? "it is missing"
        : !IsText(condition.Claim) ? $"'claim' must have 1 to {ClaimCondition.MaxLength} characters"
        : condition.Claim[0] == PathMark && !IsPath(condition.Claim) ? "'claim' begins with '/' and is no path (RFC 6901)"
        : new object?[] { condition.EqualTo, condition.OneOf, condition.Glob }.Count(given => given is not null) != 1
            ? "give one of 'equals', 'one_of' and 'glob'"
        : condition.EqualTo is { } value && !IsText(value) ? $"'equals' must have 1 to {ClaimCondition.MaxLength} characters"
        : condition.OneOf is { } values && !(values.Count is > 0 and <= ClaimCondition.MaxValues && values.All(IsText))
            ? $"'one_of' must have 1 to {ClaimCondition.MaxValues} values of 1 to {ClaimCondition.MaxLength} characters"
        : condition.Glob is { } pattern && Glob.Parse(pattern) is null ? $"'glob' must be {Glob.Requirement}"
        : null;

    private static bool IsText([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] string? text) =>
        text is { Length: > 0 and <= ClaimCondition.MaxLength };

    // RFC 6901 §3: '~' stands before 0 or 1.
    private static bool IsPath(string path)
    {
        for (var index = path.IndexOf('~', StringComparison.Ordinal); index >= 0; index = path.IndexOf('~', index + 1))
        {
            if (index + 1 >= path.Length || path[index + 1] is not ('0' or '1'))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Holds(ClaimCondition condition, JsonElement claims)
    {
        try
        {
            return IsMet(condition, claims);
        }
        catch (InvalidOperationException)
        {
            // A name or a text with half a surrogate pair, which nothing is equal to.
            return false;
        }
    }

    private static bool IsMet(ClaimCondition condition, JsonElement claims)
    {
        if (Find(claims, condition.Claim!) is not { } claim)
        {
            return false;
        }

        Func<string, bool> fits = condition.Glob is { } pattern ? Glob.Parse(pattern)!.Matches
            : condition.OneOf is { } values ? text => values.Contains(text, StringComparer.Ordinal)
            : text => string.Equals(text, condition.EqualTo, StringComparison.Ordinal);
        return claim.ValueKind == JsonValueKind.Array
            ? claim.EnumerateArray().Any(item => Text(item) is { } text && fits(text))
            : Text(claim) is { } single && fits(single);
    }

    private static JsonElement? Find(JsonElement claims, string name)
    {
        if (name[0] != PathMark)
        {
            return Member(claims, name);
        }

        JsonElement? found = claims;
        foreach (var step in name[1..].Split(PathMark))
        {
            // RFC 6901 §4: '~1' first, so that '~01' is '~1'.
            var member = step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            found = found switch
            {
                { ValueKind: JsonValueKind.Object } parent => Member(parent, member),
                { ValueKind: JsonValueKind.Array } list => Item(list, member),
                _ => null,
            };
        }

        return found;
    }

    private static JsonElement? Member(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) ? value : null;

    private static JsonElement? Item(JsonElement list, string index) =>
        int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number < list.GetArrayLength()
        && (index.Length == 1 || index[0] != '0')
            ? list[number]
            : null;

    // Null for what no condition can be about: an object, a list in a list, null.
    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };

    private static Problem Refuse(string detail) => Problem.OfMember(IssuerProblems.BadCondition, "conditions", detail);
}
