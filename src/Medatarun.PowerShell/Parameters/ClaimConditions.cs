using System.Collections;
using System.Globalization;
using Medatarun.Client;
using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.PowerShell.Objects;

namespace Medatarun.PowerShell.Parameters;

/// <summary>Between what PowerShell says of claims and what the server is sent.</summary>
internal static class ClaimConditions
{
    /// <summary>The condition as it is sent.</summary>
    public static ClaimCondition Of(MedatarunClaimCondition condition) => new()
    {
        Claim = condition.Claim,
        EqualTo = condition.EqualTo,
        OneOf = condition.OneOf,
        Glob = condition.Glob,
    };

    /// <summary>A table of values: a list means one of them.</summary>
    /// <param name="claims">Names of claims with values.</param>
    /// <exception cref="MedatarunException"><c>bad_condition</c>: a value is none that a claim can be compared with.</exception>
    public static IEnumerable<ClaimCondition> Of(IDictionary claims) => Entries(claims).Select(entry =>
        PipelineValue.Unwrap(entry.Value) is IEnumerable list and not string and not IDictionary
            ? new ClaimCondition { Claim = entry.Name, OneOf = [.. list.Cast<object?>().Select(value => Text(entry.Name, value))] }
            : new ClaimCondition { Claim = entry.Name, EqualTo = Text(entry.Name, entry.Value) });

    /// <summary>A table of patterns.</summary>
    /// <param name="claims">Names of claims, each with one pattern.</param>
    /// <exception cref="MedatarunException"><c>bad_condition</c>: a value is no pattern.</exception>
    public static IEnumerable<ClaimCondition> Like(IDictionary claims) => Entries(claims)
        .Select(entry => new ClaimCondition { Claim = entry.Name, Glob = Text(entry.Name, entry.Value) });

    private static IEnumerable<(string Name, object? Value)> Entries(IDictionary claims)
    {
        foreach (DictionaryEntry entry in claims)
        {
            yield return ($"{entry.Key}", entry.Value);
        }
    }

    // As the server compares: true and false as those words, numbers as JSON has them.
    private static string Text(string claim, object? value) => PipelineValue.Unwrap(value) switch
    {
        string text => text,
        bool truth => truth ? "true" : "false",
        Guid id => id.ToString("D"),
        Uri address => address.OriginalString,
        IFormattable number when number is int or long or double or decimal => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new MedatarunException(
            IssuerProblems.BadCondition, $"The claim '{claim}' is compared with text, numbers, true or false; -ClaimLike takes one pattern for each."),
    };
}
