namespace Medatarun.PowerShell.Importing;

/// <summary>How another system writes its users.</summary>
/// <param name="Name">What <c>-Map</c> calls it.</param>
/// <param name="Fits">Whether a row looks like it, by its columns.</param>
/// <param name="Members">What each member of a user is made of. One that is left out is not said.</param>
internal sealed record MapTemplate(
    string Name, Func<SourceRow, bool> Fits, IReadOnlyDictionary<UserMember, Func<SourceRow, object?>> Members)
{
    /// <summary>Whether usernames are those of another system, and are made to follow the rules here.</summary>
    public bool ForeignNames { get; init; } = true;
}
