using System.Globalization;
using System.Text;
using Medatarun.Contracts.Problems;

namespace Medatarun.HelpBuilder.Pages;

/// <summary>The table of error ids, made from the problems themselves so that it cannot fall behind them.</summary>
internal static class ErrorTable
{
    public static string Markdown(IEnumerable<ProblemDefinition> problems)
    {
        var table = new StringBuilder("| Id | Meaning | What to do |\n|---|---|---|\n");
        foreach (var problem in problems)
        {
            var status = problem.Status == 0 ? "" : $" ({problem.Status})";
            table.Append(CultureInfo.InvariantCulture, $"| {ErrorId(problem.Code)}{status} | {Cell(problem.Detail)} | {Cell(problem.Action)} |\n");
        }

        return table.ToString();
    }

    private static string ErrorId(string code) =>
        string.Concat(code.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    /// <summary>Escapes what Markdown would read as markup.</summary>
    private static string Cell(string text) =>
        string.Concat(text.Select(character => character is '|' or '_' or '*' or '<' or '`' ? $"\\{character}" : $"{character}"));
}
