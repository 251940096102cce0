using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Medatarun.Client;
using Medatarun.Client.State;
using Medatarun.Contracts;
using Medatarun.Contracts.State;
using Medatarun.PowerShell.Importing;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.DesiredState;

/// <summary>
/// Makes a state of hashtables and objects. Members may be written as PowerShell writes them (<c>ServiceAccounts</c>), and a list of one as its
/// item. What is not known is kept as it is, and refused by name where every state is read.
/// </summary>
internal static class StateObjectReader
{
    private static readonly JsonWriterOptions Options = new() { MaxDepth = MedatarunJson.MaxDepth };

    /// <summary>Makes the state.</summary>
    /// <param name="state">A dictionary, or an object.</param>
    /// <exception cref="MedatarunException"><c>unreadable_state</c>.</exception>
    public static StateDocument Read(object state)
    {
        using var buffer = new MemoryStream();
        try
        {
            using var writer = new Utf8JsonWriter(buffer, Options);
            Write(writer, state, MedatarunJson.Context.StateDocument);
        }
        catch (InvalidOperationException exception)
        {
            // Nested deeper than any state is, or in a circle.
            throw new MedatarunException(ClientProblems.UnreadableState, inner: exception);
        }

        return StateJson.ReadDocument(buffer.ToArray());
    }

    private static void Write(Utf8JsonWriter writer, object? written, JsonTypeInfo? type)
    {
        var value = PipelineValue.Unwrap(written);
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string or char or Guid or Uri:
                WriteOne(writer, type, list => list.WriteStringValue(value.ToString()));
                break;
            case bool truth:
                WriteOne(writer, type, list => list.WriteBooleanValue(truth));
                break;
            case IDictionary members:
                WriteOne(writer, type, list => WriteMembers(
                    list, members.Cast<DictionaryEntry>().Select(member => ($"{member.Key}", member.Value)), Item(type)));
                break;
            case IEnumerable items:
                writer.WriteStartArray();
                foreach (var item in items)
                {
                    Write(writer, item, Item(type));
                }

                writer.WriteEndArray();
                break;
            case IFormattable number and (byte or short or int or long or double or decimal):
                writer.WriteRawValue(number.ToString(null, CultureInfo.InvariantCulture));
                break;
            default:
                WriteOne(writer, type, list => WriteMembers(
                    list, PSObject.AsPSObject(value).Properties.Select(member => (member.Name, (object?)member.Value)), Item(type)));
                break;
        }
    }

    // Where a list is expected, one thing is a list of one.
    private static void WriteOne(Utf8JsonWriter writer, JsonTypeInfo? type, Action<Utf8JsonWriter> write)
    {
        var isList = type?.Kind == JsonTypeInfoKind.Enumerable;
        if (isList)
        {
            writer.WriteStartArray();
        }

        write(writer);
        if (isList)
        {
            writer.WriteEndArray();
        }
    }

    private static JsonTypeInfo? Item(JsonTypeInfo? type) =>
        type is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } element } ? MedatarunJson.Context.Options.GetTypeInfo(element) : type;

    private static void WriteMembers(Utf8JsonWriter writer, IEnumerable<(string Name, object? Value)> members, JsonTypeInfo? type)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in members)
        {
            var known = type?.Properties.FirstOrDefault(property => ColumnName.Plain(property.Name) == ColumnName.Plain(name));
            writer.WritePropertyName(known?.Name ?? name);
            Write(writer, value, known is null ? null : MedatarunJson.Context.Options.GetTypeInfo(known.PropertyType));
        }

        writer.WriteEndObject();
    }
}
