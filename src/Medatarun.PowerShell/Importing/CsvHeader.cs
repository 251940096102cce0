using Medatarun.Client;
using Medatarun.PowerShell.Errors;

namespace Medatarun.PowerShell.Importing;

/// <summary>The columns of a CSV file.</summary>
internal sealed class CsvHeader
{
    private readonly Dictionary<string, int> indexes = new(StringComparer.Ordinal);

    /// <summary>Reads a header. A column without a name is not looked at.</summary>
    /// <param name="cells">Its cells.</param>
    /// <exception cref="MedatarunException"><c>unreadable_file</c>: two columns have one name.</exception>
    public CsvHeader(IReadOnlyList<string> cells)
    {
        Count = cells.Count;
        Names = [.. cells.Select(cell => cell.Trim()).Where(cell => cell.Length > 0)];
        for (var index = 0; index < cells.Count; index++)
        {
            if (!string.IsNullOrWhiteSpace(cells[index]) && !indexes.TryAdd(ColumnName.Plain(cells[index]), index))
            {
                throw new MedatarunException(ImportFileProblems.UnreadableFile, $"Two columns of the file are named '{cells[index].Trim()}'.");
            }
        }
    }

    /// <summary>How many cells a row has.</summary>
    public int Count { get; }

    /// <summary>The names, as they are written.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Where a column is; null when there is none.</summary>
    /// <param name="plain">Its name as <see cref="ColumnName.Plain"/> writes it.</param>
    public int? IndexOf(string plain) => indexes.TryGetValue(plain, out var index) ? index : null;
}
