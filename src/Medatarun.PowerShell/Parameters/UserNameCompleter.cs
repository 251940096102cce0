using Medatarun.PowerShell.Connection;

namespace Medatarun.PowerShell.Parameters;

/// <summary>Completes usernames.</summary>
public sealed class UserNameCompleter : ServerNameCompleter
{
    private protected override Task<IReadOnlyList<string>> Ask(NameCache names, string word) => names.Users(word);
}
