using System.Text;
using Medatarun.Contracts.Import;
using Medatarun.PowerShell.Importing;

namespace Medatarun.PowerShell.Exporting;

/// <summary>Writes users as CSV (RFC 4180), in the columns of New-MedatarunUser.</summary>
internal sealed class CsvUserWriter : IUserWriter
{
    private const string Special = ",\"\r\n";

    private readonly StreamWriter text;
    private readonly bool hashes;

    /// <summary>Begins a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="hashes">Whether there is a column of hashes.</param>
    public CsvUserWriter(Stream file, bool hashes)
    {
        this.hashes = hashes;
        text = new StreamWriter(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
        WriteCells(["UserName", "FullName", "Email", "Role", "Groups", "Disabled", "PasswordHash"]);
    }

    /// <inheritdoc/>
    public void Write(UserImportRow user) => WriteCells(
    [
        user.Username,
        CellGuard.Add(user.Fullname),
        CellGuard.Add(user.Email),
        user.Role,
        string.Join(';', user.Groups ?? []),
        user.Disabled == true ? "true" : "false",
        user.PasswordHash?.Reveal(),
    ]);

    /// <inheritdoc/>
    public void Dispose() => text.Dispose();

    private void WriteCells(IReadOnlyList<string?> cells) =>
        text.WriteLine(string.Join(',', cells.Take(hashes ? cells.Count : cells.Count - 1).Select(Quoted)));

    private static string Quoted(string? cell) =>
        cell is null ? string.Empty
        : cell.AsSpan().ContainsAny(Special) || cell.StartsWith(' ') || cell.EndsWith(' ')
            ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : cell;
}
