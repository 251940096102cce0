using System.Collections.Frozen;
using System.Management.Automation;
using System.Text.Json;
using Medatarun.Client;
using Medatarun.Contracts;
using Medatarun.Contracts.Operations;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Commands;

/// <summary>Makes PowerShell objects of the JSON of an answer. Members that carry tokens become SecureStrings.</summary>
internal static class ApiAnswer
{
    // Which members are secret is declared by the answers' types; an operation of a newer server names its tokens alike.
    private static readonly Lazy<FrozenSet<string>> SecretMembers = new(() => OperationCatalogue.All
        .SelectMany(operation => operation.ResponseJson.Properties)
        .Where(property => property.PropertyType == typeof(Secret))
        .Select(property => property.Name)
        .ToFrozenSet(StringComparer.Ordinal));

    /// <summary>Reads an answer.</summary>
    /// <param name="answer">JSON in UTF-8.</param>
    /// <exception cref="MedatarunException"><c>unexpected_answer</c>: it is no JSON.</exception>
    public static object? Read(byte[] answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            return Value(document.RootElement);
        }
        catch (JsonException exception)
        {
            throw new MedatarunException(ClientProblems.UnexpectedAnswer, inner: exception);
        }
    }

    private static object? Value(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => Members(element),
        JsonValueKind.Array => element.EnumerateArray().Select(Value).ToArray(),
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => element.TryGetInt64(out var whole) ? whole : element.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static PSObject Members(JsonElement element)
    {
        var result = new PSObject();
        foreach (var member in element.EnumerateObject())
        {
            var value = member.Value.ValueKind == JsonValueKind.String && SecretMembers.Value.Contains(member.Name)
                ? SecureText.Hide(member.Value.GetString()!)
                : Value(member.Value);
            result.Properties.Add(new PSNoteProperty(member.Name, value));
        }

        return result;
    }
}
