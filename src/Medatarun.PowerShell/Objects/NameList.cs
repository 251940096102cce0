using System.Collections.ObjectModel;

namespace Medatarun.PowerShell.Objects;

/// <summary>
/// An unchangeable list of names. As text it is what a column of a CSV file holds, so that Export-Csv and Import-Csv go round; any
/// other collection is exported as the name of its type.
/// </summary>
public sealed class NameList : ReadOnlyCollection<string>
{
    internal NameList(IEnumerable<string> names)
        : base([.. names])
    {
    }

    /// <summary>The names, separated by semicolons.</summary>
    public override string ToString() => string.Join(';', this);
}
