namespace Medatarun.Server.Storage;

/// <summary>Whose authority a transaction changed.</summary>
internal sealed class TouchedActors
{
    private readonly HashSet<Guid> actors = [];

    /// <summary>Whether it may be anybody's: a role, a group or a permission changed.</summary>
    public bool Everyone { get; private set; }

    /// <summary>The actors that were named.</summary>
    public IReadOnlyCollection<Guid> Actors => actors;

    public bool IsEmpty => !Everyone && actors.Count == 0;

    public void Add(Guid actor) => actors.Add(actor);

    public void AddEveryone() => Everyone = true;

    public void UnionWith(TouchedActors other)
    {
        Everyone |= other.Everyone;
        actors.UnionWith(other.actors);
    }
}
