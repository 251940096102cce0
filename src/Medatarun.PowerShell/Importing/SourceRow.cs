using System.Management.Automation;

namespace Medatarun.PowerShell.Importing;

/// <summary>A row as it came: the columns of a CSV file, the members of a JSON object, the properties of an object.</summary>
internal abstract class SourceRow
{
    /// <summary>The number of the row, from 1, without headers and empty lines.</summary>
    public required int Number { get; init; }

    /// <summary>The line of the file at which it begins, from 1; null where there is no file of lines.</summary>
    public long? Line { get; init; }

    /// <summary>Why nothing can be made of it; null when something can.</summary>
    public string? Defect { get; init; }

    /// <summary>The columns, as they are written.</summary>
    public abstract IEnumerable<string> Names { get; }

    /// <summary>A column's value: text, a truth value, a list, or null for nothing.</summary>
    /// <param name="column">Its name as <see cref="ColumnName.Plain"/> writes it.</param>
    public abstract object? Get(string column);

    /// <summary>Whether the row has a column.</summary>
    /// <param name="column">Its name as <see cref="ColumnName.Plain"/> writes it.</param>
    public abstract bool Has(string column);

    /// <summary>Where it is, for an error.</summary>
    public override string ToString() => Line is { } line ? $"Row {Number} (line {line})" : $"Row {Number}";

    /// <summary>The row as PowerShell shows it.</summary>
    /// <param name="show">Which columns are in it.</param>
    public PSObject ToObject(Func<string, bool> show)
    {
        var result = new PSObject();
        foreach (var name in Names.Where(show))
        {
            result.Properties.Add(new PSNoteProperty(name, Shown(Get(ColumnName.Plain(name)))));
        }

        if (result.Properties["Row"] is null)
        {
            result.Properties.Add(new PSNoteProperty("Row", Number));
        }

        return result;
    }

    /// <summary>A value as a script sees it.</summary>
    private protected virtual object? Shown(object? value) => value;
}
