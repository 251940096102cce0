using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Numerics;
using System.Security;
using System.Text;
using System.Text.Json;
using Medatarun.Client;
using Medatarun.Contracts;
using Medatarun.PowerShell.Errors;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Commands;

/// <summary>Makes the JSON of a request of PowerShell values. A SecureString is sent as its text.</summary>
internal static class ApiBody
{
    private static readonly JsonWriterOptions Options = new() { MaxDepth = MedatarunJson.MaxDepth };

    /// <summary>Writes a body.</summary>
    /// <param name="body">A dictionary, an object, the text of a JSON object, or null for none.</param>
    /// <returns>A JSON object in UTF-8.</returns>
    /// <exception cref="MedatarunException"><c>invalid_body</c>.</exception>
    public static byte[] Write(object? body) => PipelineValue.Unwrap(body) switch
    {
        null => "{}"u8.ToArray(),
        string text => Check(text),
        IDictionary or PSObject => WriteObject(body!),
        IList or ValueType => throw new MedatarunException(ModuleProblems.InvalidBody),
        var other => WriteObject(other),
    };

    private static byte[] Check(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MedatarunJson.MaxDepth });
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Encoding.UTF8.GetBytes(text)
                : throw new MedatarunException(ModuleProblems.InvalidBody);
        }
        catch (JsonException exception)
        {
            throw new MedatarunException(ModuleProblems.InvalidBody, inner: exception);
        }
    }

    private static byte[] WriteObject(object body)
    {
        var buffer = new ArrayBufferWriter<byte>();
        try
        {
            using var writer = new Utf8JsonWriter(buffer, Options);
            WriteValue(writer, body);
            writer.Flush();
            return buffer.WrittenSpan.ToArray();
        }
        catch (Exception exception) when (exception is InvalidOperationException or JsonException)
        {
            // Nested deeper than any request is, or in a circle; or a number that JSON does not have.
            throw new MedatarunException(ModuleProblems.InvalidBody, inner: exception);
        }
    }

    private static void WriteValue(Utf8JsonWriter writer, object? value)
    {
        switch (PipelineValue.Unwrap(value))
        {
            case null:
                writer.WriteNullValue();
                break;
            case SecureString secret:
                writer.WriteStringValue(SecureText.Reveal(secret).Reveal());
                break;
            case bool truth:
                writer.WriteBooleanValue(truth);
                break;
            case SwitchParameter given:
                writer.WriteBooleanValue(given.IsPresent);
                break;
            case Enum or char or Guid or Uri or string:
                writer.WriteStringValue(PipelineValue.Unwrap(value)!.ToString());
                break;
            case DateTime time:
                writer.WriteStringValue(time);
                break;
            case DateTimeOffset time:
                writer.WriteStringValue(time);
                break;
            case IFormattable number when IsNumber(number):
                writer.WriteRawValue(number.ToString(null, CultureInfo.InvariantCulture));
                break;
            case IDictionary dictionary:
                WriteMembers(writer, dictionary.Cast<DictionaryEntry>().Select(entry => (entry.Key.ToString()!, entry.Value)));
                break;
            case IEnumerable list:
                WriteList(writer, list);
                break;
            case var other:
                WriteMembers(writer, PSObject.AsPSObject(other).Properties
                    .Where(property => property.IsGettable)
                    .Select(property => (property.Name, (object?)property.Value)));
                break;
        }
    }

    private static bool IsNumber(object value) =>
        value is byte or sbyte or short or ushort or int or uint or long or ulong or float or double or decimal or BigInteger;

    private static void WriteMembers(Utf8JsonWriter writer, IEnumerable<(string Name, object? Value)> members)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in members)
        {
            writer.WritePropertyName(name);
            WriteValue(writer, value);
        }

        writer.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter writer, IEnumerable list)
    {
        writer.WriteStartArray();
        foreach (var item in list)
        {
            WriteValue(writer, item);
        }

        writer.WriteEndArray();
    }
}
