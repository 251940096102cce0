using Medatarun.Client;
using Medatarun.PowerShell.Errors;

namespace Medatarun.PowerShell.Importing;

/// <summary>Reads the rows of a CSV file, as spreadsheets and other systems write it.</summary>
internal static class CsvRows
{
    private const string Separator = "sep=";

    // Entra ID's template begins with its version, and shows a row of examples, which people leave where it is.
    private const string TemplateVersion = "version:";
    private const string TemplateExample = "Example:";

    private static readonly char[] Delimiters = [',', ';', '\t', '|'];

    /// <summary>The rows, one after another.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="MedatarunException"><c>unreadable_file</c>.</exception>
    public static IEnumerable<SourceRow> Read(TextReader text)
    {
        var reader = new CsvReader(text);
        var isTemplate = SkipPreamble(reader);
        var cells = new List<string>();
        if (!reader.Read(cells, out _))
        {
            throw new MedatarunException(ImportFileProblems.UnreadableFile, "The file is empty.");
        }

        var header = new CsvHeader(cells);
        var number = 0;
        while (true)
        {
            var line = reader.Line;
            if (!reader.Read(cells, out var wellFormed))
            {
                yield break;
            }

            // Spreadsheets leave rows of nothing but separators behind the last.
            if (cells.TrueForAll(string.IsNullOrWhiteSpace)
                || (isTemplate && cells[0].StartsWith(TemplateExample, StringComparison.OrdinalIgnoreCase)))
            {
                continue;
            }

            number++;
            yield return new CsvRow(header, [.. cells]) { Number = number, Line = line, Defect = Defect(header, cells.Count, wellFormed) };
        }
    }

    private static string? Defect(CsvHeader header, int cells, bool wellFormed) =>
        !wellFormed ? "Something stands behind a closing quote."
        : cells > header.Count ? $"It has {cells} cells, and the header {header.Count}: a value with the separator in it stands in quotes."
        : null;

    private static bool SkipPreamble(CsvReader reader)
    {
        var isTemplate = false;
        var delimiter = (char?)null;
        while (reader.PeekLine() is { } line)
        {
            // Windows PowerShell 5.1 writes the type of what it exports; Excel says and reads the separator.
            if (line.StartsWith(Separator, StringComparison.OrdinalIgnoreCase) && line.Length == Separator.Length + 1)
            {
                delimiter = line[^1];
            }
            else if (line.StartsWith(TemplateVersion, StringComparison.OrdinalIgnoreCase))
            {
                isTemplate = true;
            }
            else if (!line.StartsWith("#TYPE ", StringComparison.Ordinal))
            {
                reader.Delimiter = delimiter ?? Guess(line);
                break;
            }

            reader.SkipLine();
        }

        return isTemplate;
    }

    // The one of the usual ones that is most often in the header, outside of quotes.
    private static char Guess(string header)
    {
        var outside = string.Concat(header.Split('"').Where((_, index) => index % 2 == 0));
        return Delimiters.MaxBy(candidate => outside.Count(character => character == candidate));
    }
}
