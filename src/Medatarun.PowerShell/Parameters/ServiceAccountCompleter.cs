using Medatarun.PowerShell.Connection;

namespace Medatarun.PowerShell.Parameters;

/// <summary>Completes names of service accounts.</summary>
public sealed class ServiceAccountCompleter : ServerNameCompleter
{
    private protected override Task<IReadOnlyList<string>> Ask(NameCache names, string word) => names.ServiceAccounts();
}
