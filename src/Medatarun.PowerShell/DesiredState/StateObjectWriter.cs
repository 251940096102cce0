using System.Collections.Specialized;
using System.Text.Json;
using Medatarun.Client.State;
using Medatarun.Contracts.State;

namespace Medatarun.PowerShell.DesiredState;

/// <summary>Makes dictionaries of a state, which scripts can change and hand back.</summary>
internal static class StateObjectWriter
{
    /// <summary>Makes the dictionary.</summary>
    /// <param name="state">The state.</param>
    public static OrderedDictionary Write(StateDocument state)
    {
        using var document = JsonDocument.Parse(StateJson.Write(state));
        return Members(document.RootElement);
    }

    private static OrderedDictionary Members(JsonElement element)
    {
        var members = new OrderedDictionary(StringComparer.OrdinalIgnoreCase);
        foreach (var member in element.EnumerateObject())
        {
            members.Add(member.Name, Value(member.Value));
        }

        return members;
    }

    private static object? Value(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => Members(element),
        JsonValueKind.Array => element.EnumerateArray().Select(Value).ToArray(),
        JsonValueKind.Number => element.GetInt32(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => element.GetString(),
        _ => null,
    };
}
