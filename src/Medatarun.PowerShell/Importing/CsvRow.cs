namespace Medatarun.PowerShell.Importing;

/// <summary>A row of a CSV file.</summary>
/// <param name="header">The columns, which all rows share.</param>
/// <param name="cells">The cells.</param>
internal sealed class CsvRow(CsvHeader header, string[] cells) : SourceRow
{
    /// <inheritdoc/>
    public override IEnumerable<string> Names => header.Names;

    /// <inheritdoc/>
    public override bool Has(string column) => header.IndexOf(column) is not null;

    /// <summary>The cell; null for an empty one, which says nothing, and for one that the row does not have.</summary>
    /// <param name="column">The column.</param>
    public override object? Get(string column) =>
        header.IndexOf(column) is { } index && index < cells.Length && cells[index].Length > 0 ? cells[index] : null;
}
