using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Medatarun.Contracts;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;

namespace Medatarun.Server.Http.Streams;

/// <summary>Reads a line as a row, and says what is wrong with one that is none.</summary>
internal static class RowParser
{
    private static readonly Problem NoObject =
        new(ProblemCatalogue.MalformedRequest, "The row is not a JSON object in UTF-8 with each member at most once.");

    /// <summary>The row, or what is wrong with the line.</summary>
    public static Outcome<TRow> Parse<TRow>(JsonTypeInfo<TRow> json, ReadOnlySpan<byte> line)
        where TRow : class
    {
        try
        {
            return JsonSerializer.Deserialize(line, json) is { } row ? row : NoObject;
        }
        catch (JsonException exception)
        {
            return Explain(json, line, exception);
        }
        catch (InvalidOperationException)
        {
            // A text that is not UTF-8, or has half a surrogate pair.
            return NoObject;
        }
    }

    // The serializer says where it stopped. A path into the object is a member's fault; anything else is not JSON.
    private static Problem Explain(JsonTypeInfo json, ReadOnlySpan<byte> line, JsonException exception)
    {
        var name = exception is { InnerException: not JsonException, Path: ['$', '.', .. var path] } ? path.Split('.', '[')[0] : null;
        return name is not null && json.Properties.FirstOrDefault(property => property.Name == name) is { } member
            ? Problem.OfMember(
                ProblemCatalogue.InvalidRequest,
                name,
                IsRepeated(line, name) ? $"'{name}' appears more than once." : $"'{name}' must be {TypeName(member.PropertyType)}.")
            : NoObject;
    }

    private static string TypeName(Type type) =>
        type == typeof(bool?) ? "true or false"
        : type == typeof(string) || type == typeof(Secret) ? "a text"
        : "a list of texts";

    private static bool IsRepeated(ReadOnlySpan<byte> line, string name)
    {
        var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = MedatarunJson.MaxDepth });
        var times = 0;
        while (TryRead(ref reader))
        {
            times += reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals(name) ? 1 : 0;
        }

        return times > 1;
    }

    // What comes after the place where the serializer stopped may be no JSON.
    private static bool TryRead(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
