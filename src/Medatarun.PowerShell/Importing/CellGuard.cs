namespace Medatarun.PowerShell.Importing;

/// <summary>
/// Keeps spreadsheets from taking a cell for a formula: what begins with = + - @ or a tab gets a ' before it when it is exported, and loses it
/// when it is imported. What begins with ' and one of these gets one more, so that nothing is lost on the way.
/// </summary>
internal static class CellGuard
{
    private const char Guard = '\'';

    /// <summary>Puts a guard before what needs one.</summary>
    /// <param name="text">What the cell holds.</param>
    public static string? Add(string? text) => NeedsGuard(text) ? Guard + text : text;

    /// <summary>Takes it away again.</summary>
    /// <param name="value">What the cell holds.</param>
    public static object? Remove(object? value) =>
        value is string { Length: > 1 } text && text[0] == Guard && NeedsGuard(text) ? text[1..] : value;

    private static bool NeedsGuard(string? text) => text?.TrimStart(Guard) is ['=' or '+' or '-' or '@' or '\t' or '\r', ..];
}
