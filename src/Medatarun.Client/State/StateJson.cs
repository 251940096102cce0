using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Medatarun.Contracts;
using Medatarun.Contracts.State;

namespace Medatarun.Client.State;

/// <summary>Reads and writes states and plans as they are kept in files: JSON in UTF-8, indented.</summary>
public static class StateJson
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MedatarunJson.MaxDepth, AllowDuplicateProperties = false };

    /// <summary>Reads a state.</summary>
    /// <param name="utf8">The file's content.</param>
    /// <exception cref="MedatarunException"><c>unreadable_state</c>, with the place and the line.</exception>
    public static StateDocument ReadDocument(byte[] utf8) => Read(utf8, MedatarunJson.Context.StateDocument);

    /// <summary>Reads a plan.</summary>
    /// <param name="utf8">The file's content.</param>
    /// <exception cref="MedatarunException"><c>unreadable_state</c>, with the place and the line.</exception>
    public static StatePlan ReadPlan(byte[] utf8) => Read(utf8, MedatarunJson.Context.StatePlan);

    /// <summary>Writes a state.</summary>
    /// <param name="document">The state.</param>
    public static byte[] Write(StateDocument document) => Write(document, MedatarunJson.Context.StateDocument);

    /// <summary>Writes a plan.</summary>
    /// <param name="plan">The plan.</param>
    public static byte[] Write(StatePlan plan) => Write(plan, MedatarunJson.Context.StatePlan);

    private static T Read<T>(byte[] utf8, JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        ReadOnlySpan<byte> text = utf8;
        text = text.StartsWith("\uFEFF"u8) ? text["\uFEFF"u8.Length..] : text;
        if (text.Length > StateDocument.MaxBytes)
        {
            throw Unreadable($"It is larger than {StateDocument.MaxBytes / (1024 * 1024)} MiB.", null);
        }

        try
        {
            return JsonSerializer.Deserialize(text, type) ?? throw Unreadable("It is 'null'.", null);
        }
        catch (JsonException exception)
        {
            throw Unreadable(Explain(text, exception), exception);
        }
        catch (InvalidOperationException exception)
        {
            throw Unreadable("A text in it has half a character.", exception);
        }
    }

    // What the serializer says names types of the program; people know lines and members.
    private static string Explain(ReadOnlySpan<byte> text, JsonException exception)
    {
        var line = exception.LineNumber is { } number ? $"Line {number + 1}: " : "";
        var place = exception.Path is ['$', '.', .. var path] ? $"'{path}'" : "what stands there";
        try
        {
            using var document = JsonDocument.Parse(text.ToArray(), Strict);
        }
        catch (JsonException)
        {
            return $"{line}it is no JSON with each member at most once.";
        }

        return $"{line}{place} is not known here, or is not of the type that it must be.";
    }

    private static byte[] Write<T>(T value, JsonTypeInfo<T> type)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = type.Options.Encoder }))
        {
            JsonSerializer.Serialize(writer, value, type);
        }

        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    private static MedatarunException Unreadable(string detail, Exception? inner) =>
        new(ClientProblems.UnreadableState, $"The state cannot be read. {detail}", inner);
}
