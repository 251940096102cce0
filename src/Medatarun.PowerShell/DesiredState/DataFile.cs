using System.Collections;
using System.Management.Automation.Language;
using System.Text;
using System.Text.Json;
using Medatarun.Client;

namespace Medatarun.PowerShell.DesiredState;

/// <summary>PowerShell data files: read by PowerShell's own reader, which runs nothing that stands in them.</summary>
internal static class DataFile
{
    private const int Indent = 4;

    /// <summary>Reads the hashtable of a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="MedatarunException"><c>unreadable_state</c>.</exception>
    public static Hashtable Read(string path)
    {
        var file = Parser.ParseFile(path, out _, out var errors);
        if (errors.Length > 0)
        {
            throw Unreadable(path, $"Line {errors[0].Extent.StartLineNumber}: {errors[0].Message}", inner: null);
        }

        try
        {
            return (file.Find(part => part is HashtableAst, searchNestedScriptBlocks: false) as HashtableAst)?.SafeGetValue() as Hashtable
                ?? throw Unreadable(path, "It has no hashtable.", inner: null);
        }
        catch (InvalidOperationException exception)
        {
            throw Unreadable(path, "It holds something else than values, lists and hashtables.", exception);
        }
    }

    /// <summary>Writes JSON as a data file.</summary>
    /// <param name="json">A JSON object.</param>
    /// <returns>The file's text.</returns>
    public static string Write(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        var text = new StringBuilder();
        Write(text, document.RootElement, 0);
        return text.Append('\n').ToString();
    }

    private static void Write(StringBuilder text, JsonElement element, int depth)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                WriteBlock(text, "@{", element.EnumerateObject(), '}', depth, member =>
                {
                    text.Append(Key(member.Name)).Append(" = ");
                    Write(text, member.Value, depth + 1);
                });
                break;
            case JsonValueKind.Array when element.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String):
                text.Append("@(").AppendJoin(", ", element.EnumerateArray().Select(item => Quoted(item.GetString()!))).Append(')');
                break;
            case JsonValueKind.Array:
                WriteBlock(text, "@(", element.EnumerateArray(), ')', depth, item => Write(text, item, depth + 1));
                break;
            case JsonValueKind.String:
                text.Append(Quoted(element.GetString()!));
                break;
            case JsonValueKind.Number:
                text.Append(element.GetRawText());
                break;
            default:
                text.Append('$').Append(element.ValueKind.ToString().ToLowerInvariant());
                break;
        }
    }

    private static void WriteBlock<T>(StringBuilder text, string begin, IEnumerable<T> items, char end, int depth, Action<T> write)
    {
        text.Append(begin).Append('\n');
        foreach (var item in items)
        {
            text.Append(' ', (depth + 1) * Indent);
            write(item);
            text.Append('\n');
        }

        text.Append(' ', depth * Indent).Append(end);
    }

    private static string Key(string name) => name.All(character => char.IsAsciiLetterOrDigit(character) || character == '_') ? name : Quoted(name);

    // The typographic single quotes end a text too.
    private static string Quoted(string value) => $"'{CodeGeneration.EscapeSingleQuotedStringContent(value)}'";

    private static MedatarunException Unreadable(string path, string sentence, Exception? inner) =>
        new(ClientProblems.UnreadableState, $"{path} cannot be read. {sentence}", inner);
}
