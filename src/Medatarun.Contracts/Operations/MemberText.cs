using System.Globalization;
using System.Text.Json;

namespace Medatarun.Contracts.Operations;

/// <summary>Members as text, where there is no JSON: query strings and command lines.</summary>
public static class MemberText
{
    /// <summary>Writes a member from its text; false when the text does not fit its type, and nothing was written.</summary>
    /// <param name="json">Where the member goes.</param>
    /// <param name="member">The member.</param>
    /// <param name="values">The texts: one, or for a list any number, each of which may hold several joined by commas.</param>
    public static bool TryWrite(Utf8JsonWriter json, OperationMember member, IReadOnlyCollection<string?> values)
    {
        if (member.IsList)
        {
            WriteList(json, member, values);
            return true;
        }

        if (values.Count != 1)
        {
            return false;
        }

        var value = values.First() ?? "";
        if (member.Type == typeof(bool))
        {
            if (!bool.TryParse(value, out var flag))
            {
                return false;
            }

            json.WriteBoolean(member.Name, flag);
            return true;
        }

        if (member.Type == typeof(int))
        {
            if (!int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            {
                return false;
            }

            json.WriteNumber(member.Name, number);
            return true;
        }

        if (member.IsJson)
        {
            return TryWriteJson(json, member, value);
        }

        json.WriteString(member.Name, value);
        return true;
    }

    /// <summary>What a member must be, to stand in a sentence: "a text", "true or false".</summary>
    /// <param name="member">The member.</param>
    public static string TypeName(OperationMember member) =>
        member.IsList ? "a list of texts"
        : member.Type == typeof(bool) ? "true or false"
        : member.Type == typeof(int) ? "a whole number"
        : member.IsJson ? "JSON of the form that GET /api describes"
        : "a text";

    private static bool TryWriteJson(Utf8JsonWriter json, OperationMember member, string value)
    {
        try
        {
            using var document = JsonDocument.Parse(value, new JsonDocumentOptions { MaxDepth = MedatarunJson.MaxDepth - 1 });
            json.WritePropertyName(member.Name);
            document.RootElement.WriteTo(json);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void WriteList(Utf8JsonWriter json, OperationMember member, IReadOnlyCollection<string?> values)
    {
        json.WriteStartArray(member.Name);
        foreach (var value in values)
        {
            foreach (var item in (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                json.WriteStringValue(item);
            }
        }

        json.WriteEndArray();
    }
}
