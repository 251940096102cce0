using System.Management.Automation;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Importing;

/// <summary>A row that came by pipeline: an object with properties.</summary>
internal sealed class ObjectRow : SourceRow
{
    private readonly Dictionary<string, (string Name, object? Value)> values = new(StringComparer.Ordinal);

    /// <summary>Takes an object's properties.</summary>
    /// <param name="source">The object, or a dictionary.</param>
    public ObjectRow(object source)
    {
        if (PipelineValue.Unwrap(source) is System.Collections.IDictionary dictionary)
        {
            foreach (System.Collections.DictionaryEntry entry in dictionary)
            {
                values.TryAdd(ColumnName.Plain($"{entry.Key}"), ($"{entry.Key}", Read(entry.Value)));
            }

            return;
        }

        foreach (var property in PSObject.AsPSObject(source).Properties)
        {
            if (property.IsGettable)
            {
                values.TryAdd(ColumnName.Plain(property.Name), (property.Name, Read(property.Value)));
            }
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Names => values.Values.Select(value => value.Name);

    /// <inheritdoc/>
    public override bool Has(string column) => values.ContainsKey(column);

    /// <inheritdoc/>
    public override object? Get(string column) => values.TryGetValue(column, out var value) ? value.Value : null;

    private static object? Read(object? value) => PipelineValue.Unwrap(value) switch
    {
        string { Length: 0 } => null,
        var other => other,
    };
}
