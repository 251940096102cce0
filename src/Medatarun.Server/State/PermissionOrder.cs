using Medatarun.Contracts.State;

namespace Medatarun.Server.State;

/// <summary>A permission is registered after those that it implies.</summary>
internal static class PermissionOrder
{
    /// <summary>The permissions by key, each after those of the document that it implies. One that leads back to itself is where it is met.</summary>
    public static IReadOnlyList<StatePermissionEntry> Sort(IReadOnlyList<StatePermissionEntry> permissions)
    {
        var byKey = permissions.ToDictionary(permission => permission.Key!, StringComparer.Ordinal);
        var done = new HashSet<string>(StringComparer.Ordinal);
        var sorted = new List<StatePermissionEntry>(permissions.Count);
        foreach (var key in byKey.Keys.Order(StringComparer.Ordinal))
        {
            Visit(key, byKey, done, sorted);
        }

        return sorted;
    }

    /// <summary>The permissions of a document that imply themselves, through others too.</summary>
    public static IReadOnlySet<string> Cyclic(IReadOnlyDictionary<string, StatePermissionEntry> byKey)
    {
        // What implies nothing that is left goes, again and again; what cannot go is in a cycle, or leads into one.
        var left = byKey.ToDictionary(
            pair => pair.Key, pair => (pair.Value.Implies ?? []).Where(key => key is not null && byKey.ContainsKey(key)).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
        var free = new Queue<string>(left.Where(pair => pair.Value.Count == 0).Select(pair => pair.Key));
        var impliers = left.SelectMany(pair => pair.Value.Select(implied => (implied, pair.Key))).ToLookup(pair => pair.implied, pair => pair.Key);
        while (free.TryDequeue(out var key))
        {
            left.Remove(key);
            foreach (var implier in impliers[key].Where(implier => left[implier].Remove(key) && left[implier].Count == 0))
            {
                free.Enqueue(implier);
            }
        }

        return left.Keys.ToHashSet(StringComparer.Ordinal);
    }

    // A stack of its own: a document may be a chain of as many permissions as it has room for.
    private static void Visit(string first, Dictionary<string, StatePermissionEntry> byKey, HashSet<string> done, List<StatePermissionEntry> sorted)
    {
        var open = new Stack<(string Key, bool Left)>([(first, false)]);
        while (open.TryPop(out var next))
        {
            if (next.Left)
            {
                sorted.Add(byKey[next.Key]);
            }
            else if (done.Add(next.Key))
            {
                open.Push((next.Key, true));
                foreach (var implied in StateThings.Keys(byKey[next.Key].Implies).Where(byKey.ContainsKey).Reverse())
                {
                    open.Push((implied, false));
                }
            }
        }
    }
}
