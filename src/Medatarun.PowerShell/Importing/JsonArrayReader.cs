using System.Text.Json;

namespace Medatarun.PowerShell.Importing;

/// <summary>
/// Reads the elements of a JSON array one after another: the array that the file is, or that of one member of the object that the file is.
/// What stands before it is passed over, whatever its size. The framework reads arrays so, but not what is around them.
/// </summary>
/// <param name="file">JSON in UTF-8.</param>
/// <param name="member">The member.</param>
internal sealed class JsonArrayReader(Stream file, string member)
{
    // Larger than any row that a server takes.
    private const int MaxElement = 1024 * 1024;

    private byte[] buffer = new byte[64 * 1024];
    private int begin;
    private int end;
    private bool isFinal;
    private bool inArray;
    private bool found;
    private JsonReaderState state = new(new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });

    /// <summary>The next element; null when there is none left.</summary>
    /// <exception cref="JsonException">The file is no JSON, or has no such array.</exception>
    public JsonElement? Next()
    {
        while (true)
        {
            if (TryNext(out var element, out var atEnd))
            {
                return element;
            }

            if (atEnd)
            {
                return null;
            }

            Fill();
        }
    }

    private bool TryNext(out JsonElement element, out bool atEnd)
    {
        element = default;
        atEnd = false;
        var reader = new Utf8JsonReader(buffer.AsSpan(begin, end - begin), isFinal, state);
        while (true)
        {
            var before = reader;
            if (!reader.Read())
            {
                Keep(before);
                return isFinal && !inArray ? throw new JsonException($"There is no array '{member}'.", null, 0, 0) : false;
            }

            if (!inArray)
            {
                inArray = IsBegin(ref reader);
            }
            else if (reader.TokenType == JsonTokenType.EndArray)
            {
                Keep(reader);
                atEnd = true;
                return false;
            }
            else if (JsonElement.TryParseValue(ref reader, out var parsed))
            {
                Keep(reader);
                element = parsed.Value;
                return true;
            }
            else
            {
                // Not all of it is there yet: it is read again from its beginning.
                Keep(before);
                return false;
            }
        }
    }

    private bool IsBegin(ref Utf8JsonReader reader)
    {
        if (reader.CurrentDepth == 0)
        {
            return reader.TokenType == JsonTokenType.StartArray;
        }

        var begins = found && reader.TokenType == JsonTokenType.StartArray && reader.CurrentDepth == 1;
        found = reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals(member);
        return begins;
    }

    private void Keep(in Utf8JsonReader reader)
    {
        begin += (int)reader.BytesConsumed;
        state = reader.CurrentState;
    }

    private void Fill()
    {
        Array.Copy(buffer, begin, buffer, 0, end - begin);
        (begin, end) = (0, end - begin);
        if (end == buffer.Length)
        {
            if (buffer.Length > MaxElement)
            {
                throw new JsonException("An element is too large.", null, 0, 0);
            }

            Array.Resize(ref buffer, buffer.Length * 2);
        }

        var count = file.Read(buffer, end, buffer.Length - end);
        end += count;
        isFinal = count == 0;
    }
}
