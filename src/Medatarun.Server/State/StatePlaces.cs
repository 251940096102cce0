using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;

namespace Medatarun.Server.State;

/// <summary>Walks a document and names the places in it: <c>users[3].roles[0]</c>.</summary>
internal static class StatePlaces
{
    /// <summary>The entries of a section with their places. A hole in it is a fault.</summary>
    public static IEnumerable<(T Item, string Place)> Of<T>(string section, IReadOnlyList<T>? items, StateFaults faults)
        where T : class
    {
        for (var i = 0; i < (items?.Count ?? 0); i++)
        {
            var place = $"{section}[{i}]";
            if (items![i] is { } item)
            {
                yield return (item, place);
            }
            else
            {
                faults.Add(place, "It is empty.");
            }
        }
    }

    /// <summary>A fault for each key that refers to nothing.</summary>
    public static void References(
        string place, IReadOnlyList<string>? references, Func<string, bool> exists, ProblemDefinition missing, string kind, StateFaults faults)
    {
        for (var i = 0; i < (references?.Count ?? 0); i++)
        {
            if (references![i] is not { } key)
            {
                faults.Add($"{place}[{i}]", "It is empty.");
            }
            else if (!exists(key))
            {
                faults.Add($"{place}[{i}]", new Problem(missing, $"There is no {kind} '{key}', and the state makes none."));
            }
        }
    }
}
