using Medatarun.Contracts.Problems;

namespace Medatarun.PowerShell.Errors;

/// <summary>Refusals about files and rows that are imported, in the form of the server's.</summary>
internal static class ImportFileProblems
{
    public static ProblemDefinition UnreadableFile { get; } = new(
        "unreadable_file", 0, "Unreadable file", "The file cannot be read.",
        "Give a CSV file, a JSON array or JSON lines, in UTF-8 or UTF-16. For another encoding: Import-Csv -Encoding … | Import-MedatarunUser.");

    public static ProblemDefinition UnwritableFile { get; } = new(
        "unwritable_file", 0, "Unwritable file", "The file cannot be written.",
        "Look whether the folder exists, and whether you may write there.");

    public static ProblemDefinition UnknownColumns { get; } = new(
        "unknown_columns", 0, "Unknown columns", "No column of the input is known to hold the username.",
        "Say with -Map which column is what: -Map @{ UserName = 'Login'; FullName = 'Display name' }.");

    public static ProblemDefinition UnknownMap { get; } = new(
        "unknown_map", 0, "Unknown map", "The map cannot be used.",
        "Give the name of a template, or a hashtable from members of users to columns or script blocks.");

    public static ProblemDefinition MalformedRow { get; } = new(
        "malformed_row", 0, "Malformed row", "Nothing can be made of the row.",
        "Correct the row, and import the file again: what was imported already is left as it is.");

    public static ProblemDefinition UsernameClash { get; } = new(
        "username_clash", 0, "Username clash", "The usernames of two rows become the same one.",
        "Give one of them another username, with -Map @{ UserName = { … } } or in the file.");
}
