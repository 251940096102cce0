using System.Text.Json;
using Medatarun.Client;
using Medatarun.PowerShell.Errors;

namespace Medatarun.PowerShell.Importing;

/// <summary>Reads the rows of a JSON file.</summary>
internal static class JsonRows
{
    /// <summary>The objects of an array: the file's, or that of the member <c>users</c> of the file's object.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="MedatarunException"><c>unreadable_file</c>.</exception>
    public static IEnumerable<SourceRow> Read(Stream file)
    {
        var array = new JsonArrayReader(file, "users");
        for (var number = 1; Next(array) is { } element; number++)
        {
            yield return Row(element, number, line: null);
        }
    }

    /// <summary>The objects of a file that has one in each line (JSON lines).</summary>
    /// <param name="text">The text.</param>
    public static IEnumerable<SourceRow> ReadLines(TextReader text)
    {
        var number = 0;
        for (var line = 1L; text.ReadLine() is { } written; line++)
        {
            if (!string.IsNullOrWhiteSpace(written))
            {
                number++;
                yield return ReadLine(written, number, line);
            }
        }
    }

    private static JsonElement? Next(JsonArrayReader array)
    {
        try
        {
            return array.Next();
        }
        catch (JsonException exception)
        {
            throw new MedatarunException(
                ImportFileProblems.UnreadableFile,
                $"The file is no JSON, from line {exception.LineNumber + 1 ?? 1} on.",
                exception);
        }
    }

    private static JsonRow ReadLine(string written, int number, long line)
    {
        try
        {
            using var document = JsonDocument.Parse(written);
            return Row(document.RootElement.Clone(), number, line);
        }
        catch (JsonException)
        {
            return new JsonRow(default) { Number = number, Line = line, Defect = "It is no JSON." };
        }
    }

    private static JsonRow Row(JsonElement element, int number, long? line) => new(element)
    {
        Number = number,
        Line = line,
        Defect = element.ValueKind == JsonValueKind.Object ? null : "It is no JSON object.",
    };
}
