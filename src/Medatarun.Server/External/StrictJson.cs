using System.Text.Json;
using System.Text.Unicode;

namespace Medatarun.Server.External;

/// <summary>Reads JSON that others wrote so that whoever reads it next reads the same: no member twice at any level, and text that is text.</summary>
internal static class StrictJson
{
    private const int MaxDepth = 16;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    /// <summary>The JSON object in some bytes; null when there is none, or none that has one meaning.</summary>
    public static JsonDocument? Object(byte[] json)
    {
        try
        {
            if (!IsText(json))
            {
                return null;
            }

            var document = JsonDocument.Parse(json, Options);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
            return null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    // An escape may stand for half of a surrogate pair, which no text can hold; the parser lets it through, and whoever asks for the
    // text fails, here and not later.
    private static bool IsText(byte[] json)
    {
        if (!Utf8.IsValid(json))
        {
            return false;
        }

        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String && reader.ValueIsEscaped)
            {
                reader.GetString();
            }
        }

        return true;
    }
}
