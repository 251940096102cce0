using System.Management.Automation;

namespace Medatarun.PowerShell.Parameters;

/// <summary>Turns names into what the shell offers.</summary>
internal static class Completions
{
    private static readonly char[] Quotes = ['\'', '"'];

    /// <summary>What the user typed, without the quotes around it.</summary>
    public static string Word(string? typed) => (typed ?? string.Empty).Trim(Quotes);

    /// <summary>The names that begin with what was typed.</summary>
    public static IEnumerable<CompletionResult> Of(IEnumerable<string> names, string? typed) =>
        names
            .Where(name => name.StartsWith(Word(typed), StringComparison.OrdinalIgnoreCase))
            .Select(name => new CompletionResult(name, name, CompletionResultType.ParameterValue, name));
}
