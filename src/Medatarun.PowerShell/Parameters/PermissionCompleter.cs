using Medatarun.PowerShell.Connection;

namespace Medatarun.PowerShell.Parameters;

/// <summary>Completes keys of permissions.</summary>
public sealed class PermissionCompleter : ServerNameCompleter
{
    private protected override Task<IReadOnlyList<string>> Ask(NameCache names, string word) => names.Permissions();
}
