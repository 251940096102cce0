using Medatarun.Client;
using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;

namespace Medatarun.PowerShell.Commands;

/// <summary>Finds the ids of actors by their names, for one run of a command: the server finds actors by id alone.</summary>
internal sealed class ActorIds
{
    private readonly Dictionary<string, string> known = new(StringComparer.Ordinal);

    /// <summary>The id of an actor.</summary>
    /// <param name="identity">A subject or an id.</param>
    /// <param name="list">Asks for every actor.</param>
    /// <exception cref="MedatarunException"><c>actor_not_found</c>, or the list cannot be had.</exception>
    public string Find(string identity, Func<IReadOnlyList<ActorInfo>> list)
    {
        if (Guid.TryParseExact(identity, "D", out _))
        {
            return identity;
        }

        // A name is never given out twice, so that what is known stays true; who is not known may have been made since.
        if (!known.ContainsKey(identity))
        {
            foreach (var actor in list())
            {
                known.TryAdd(actor.Subject, actor.Id);
            }
        }

        return known.TryGetValue(identity, out var id)
            ? id
            : throw new MedatarunException(ProblemCatalogue.ActorNotFound, $"Actor '{identity}' not found.");
    }
}
