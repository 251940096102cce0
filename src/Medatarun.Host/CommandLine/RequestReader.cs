using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Medatarun.Contracts;
using Medatarun.Contracts.Operations;
using Medatarun.Contracts.ServerProcess;

namespace Medatarun.Host.CommandLine;

/// <summary>Turns <c>--name=value</c> and <c>--name value</c> into the request of an operation.</summary>
internal static class RequestReader
{
    private const string FromStandardInput = "-";

    /// <summary>Reads the request.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="arguments">The arguments after its name.</param>
    /// <param name="secrets">Where secrets come from that do not stand there.</param>
    /// <returns>A JSON object in UTF-8.</returns>
    /// <exception cref="StartFailureException">An option that does not exist, a value that does not fit, or a member that is missing.</exception>
    public static byte[] Read(Operation operation, IReadOnlyList<string> arguments, SecretReader secrets)
    {
        var given = new Dictionary<OperationMember, List<string>>();
        for (var i = 0; i < arguments.Count; i++)
        {
            var (name, value) = OptionSyntax.Split(arguments[i]);
            var member = FindMember(operation, name);
            value ??= OptionSyntax.NextValue(arguments, ref i, member, name);
            if (member.IsSecret && value == FromStandardInput)
            {
                value = secrets.ReadLine() ?? throw Failure($"--{name}=- reads a line of standard input, and there is none.");
            }

            if (!given.TryAdd(member, [value]))
            {
                given[member] = member.IsList ? [.. given[member], value] : throw Failure($"--{name} is given twice.");
            }
        }

        Complete(operation, given, secrets);
        return Write(given);
    }

    private static OperationMember FindMember(Operation operation, string name)
    {
        var spelled = name.Replace('-', '_');
        var names = operation.Members.SelectMany(member => member.Alias is null ? [member.Name] : new[] { member.Name, member.Alias });
        return operation.Members.FirstOrDefault(member => member.Name == spelled || member.Alias == spelled)
            ?? throw Failure($"{operation.Group} {operation.Name} has no option --{name}{NearestName.Hint(name, names, "--")}");
    }

    private static void Complete(Operation operation, Dictionary<OperationMember, List<string>> given, SecretReader secrets)
    {
        foreach (var member in operation.Members.Where(member => member.Required && !given.ContainsKey(member)))
        {
            given[member] = member.IsSecret && secrets.CanAsk
                ? [secrets.Ask($"{member.Name}: ")]
                : throw Failure($"{operation.Group} {operation.Name} needs --{member.Name}: {member.Description}");
        }
    }

    private static byte[] Write(Dictionary<OperationMember, List<string>> given)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = MedatarunJson.Context.Options.Encoder }))
        {
            writer.WriteStartObject();
            foreach (var (member, values) in given)
            {
                writer.WritePropertyName(member.Name);
                WriteValue(writer, member, values);
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteValue(Utf8JsonWriter writer, OperationMember member, List<string> values)
    {
        if (member.IsList)
        {
            writer.WriteStartArray();
            foreach (var item in values.SelectMany(value => value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
            {
                writer.WriteStringValue(item);
            }

            writer.WriteEndArray();
        }
        else if (member.Type == typeof(bool))
        {
            writer.WriteBooleanValue(ToBoolean(values[0]) ?? throw Failure($"--{member.Name} must be true or false; '{values[0]}' is not."));
        }
        else if (member.Type == typeof(int))
        {
            writer.WriteNumberValue(int.TryParse(values[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw Failure($"--{member.Name} must be a whole number; '{values[0]}' is not."));
        }
        else if (member.IsJson)
        {
            WriteJson(writer, member, values[0]);
        }
        else
        {
            writer.WriteStringValue(values[0]);
        }
    }

    private static void WriteJson(Utf8JsonWriter writer, OperationMember member, string value)
    {
        try
        {
            using var document = JsonDocument.Parse(value, new JsonDocumentOptions { MaxDepth = MedatarunJson.MaxDepth });
            document.RootElement.WriteTo(writer);
        }
        catch (JsonException)
        {
            throw Failure($"--{member.Name} must be {MemberText.TypeName(member)}; what was given is no JSON.");
        }
    }

    private static bool? ToBoolean(string value) => value.ToLowerInvariant() switch
    {
        "true" or "yes" or "1" => true,
        "false" or "no" or "0" => false,
        _ => null,
    };

    private static StartFailureException Failure(string message) => new(ServerExitCode.Usage, message);
}
