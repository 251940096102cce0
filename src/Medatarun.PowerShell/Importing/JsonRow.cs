using System.Text.Json;

namespace Medatarun.PowerShell.Importing;

/// <summary>A row of a JSON file: an object.</summary>
internal sealed class JsonRow : SourceRow
{
    private readonly Dictionary<string, (string Name, JsonElement Value)> members = new(StringComparer.Ordinal);

    /// <summary>Takes an object's members.</summary>
    /// <param name="element">The object.</param>
    public JsonRow(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in element.EnumerateObject())
            {
                members[ColumnName.Plain(member.Name)] = (member.Name, member.Value);
            }
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Names => members.Values.Select(member => member.Name);

    /// <inheritdoc/>
    public override bool Has(string column) => members.ContainsKey(column);

    /// <inheritdoc/>
    public override object? Get(string column) =>
        members.TryGetValue(column, out var member) ? Read(member.Value) : null;

    private protected override object? Shown(object? value) => value is JsonElement element ? Shown(element) : value;

    private static object? Read(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Array or JsonValueKind.Object => value,
        _ => null,
    };

    private static object? Shown(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            return element.EnumerateArray().Select(item => Shown(item)).ToArray();
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            return Read(element);
        }

        var result = new System.Management.Automation.PSObject();
        foreach (var member in element.EnumerateObject())
        {
            result.Properties.Add(new System.Management.Automation.PSNoteProperty(member.Name, Shown(member.Value)));
        }

        return result;
    }
}
