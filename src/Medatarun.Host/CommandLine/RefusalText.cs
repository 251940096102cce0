using System.Text;
using Medatarun.Client;

namespace Medatarun.Host.CommandLine;

/// <summary>A refusal as the command line shows it.</summary>
internal static class RefusalText
{
    /// <summary>The problem's sentence, what is wrong with each member, and what to do about it, a line each.</summary>
    public static string Of(MedatarunException refusal)
    {
        var text = new StringBuilder(refusal.Message);
        foreach (var (member, reasons) in refusal.Errors)
        {
            foreach (var reason in reasons)
            {
                text.Append('\n').Append("  ").Append(member).Append(": ").Append(reason);
            }
        }

        if (refusal.RecommendedAction is { } action)
        {
            text.Append('\n').Append(action);
        }

        return text.ToString();
    }
}
