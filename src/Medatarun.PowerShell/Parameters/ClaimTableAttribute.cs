using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;

namespace Medatarun.PowerShell.Parameters;

/// <summary>
/// Makes a table of claims of a hashtable, or of an object as ConvertFrom-Json makes one. Anything else fails: PowerShell would leave the
/// parameter unbound when a CSV row offers text, and a rule would be made that asks less than the file.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ClaimTableAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => PipelineValue.Unwrap(inputData) switch
    {
        null => null,
        OrderedDictionary ordered => ordered,
        // A hashtable has no order of its own, and the same rule is to look the same each time.
        IDictionary table => Table(table.Cast<DictionaryEntry>()
            .Select(entry => ($"{entry.Key}", entry.Value)).OrderBy(entry => entry.Item1, StringComparer.Ordinal)),
        PSObject { BaseObject: PSCustomObject } fields => Table(fields.Properties.Select(field => (field.Name, (object?)field.Value))),
        string { Length: 0 } => null,
        _ => throw new ArgumentTransformationMetadataException(
            "Claims are given as a hashtable: @{ repository = 'org/infra' }. A column of text goes into Conditions, as JSON."),
    };

    private static OrderedDictionary Table(IEnumerable<(string Name, object? Value)> entries)
    {
        var table = new OrderedDictionary(StringComparer.Ordinal);
        foreach (var (name, value) in entries)
        {
            table.Add(name, value);
        }

        return table;
    }
}
