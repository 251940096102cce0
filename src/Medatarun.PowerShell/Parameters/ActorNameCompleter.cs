using Medatarun.PowerShell.Connection;

namespace Medatarun.PowerShell.Parameters;

/// <summary>Completes usernames and names of service accounts.</summary>
public sealed class ActorNameCompleter : ServerNameCompleter
{
    private protected override Task<IReadOnlyList<string>> Ask(NameCache names, string word) => names.Actors(word);
}
