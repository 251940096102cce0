using Medatarun.PowerShell.Connection;

namespace Medatarun.PowerShell.Parameters;

/// <summary>Completes keys of roles.</summary>
public sealed class RoleCompleter : ServerNameCompleter
{
    private protected override Task<IReadOnlyList<string>> Ask(NameCache names, string word) => names.Roles();
}
