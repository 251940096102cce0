using System.Text;
using Medatarun.Contracts.State;
using Medatarun.Host.Logging;

namespace Medatarun.Host.CommandLine.State;

/// <summary>Differences as people read them: a line for each thing, and one for each member that differs.</summary>
internal static class StateText
{
    public static string Of(IReadOnlyList<StateDifference> differences)
    {
        var text = new StringBuilder();
        foreach (var difference in differences)
        {
            text.Append(difference.Action).Append(' ').Append(difference.Kind).Append(' ').Append(LogText.Escape(difference.Name)).Append('\n');
            var width = difference.Changes.Select(change => change.Member.Length).DefaultIfEmpty().Max();
            foreach (var change in difference.Changes)
            {
                text.Append("  ").Append(change.Member.PadRight(width)).Append("  ");
                text.Append(change.From is null ? Shown(change.To) : $"{Shown(change.From)} -> {Shown(change.To)}").Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>How many there are: <c>1 difference</c>, <c>3 differences</c>.</summary>
    public static string Count(int count, string one) => $"{count} {one}{(count == 1 ? "" : "s")}";

    private static string Shown(string? value) => string.IsNullOrEmpty(value) ? "(none)" : LogText.Escape(value);
}
