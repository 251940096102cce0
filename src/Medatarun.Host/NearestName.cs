namespace Medatarun.Host;

/// <summary>Finds what somebody most likely meant by a name that does not exist.</summary>
internal static class NearestName
{
    /// <summary>The nearest of some names; null when none is near enough to be a slip of the finger.</summary>
    public static string? Of(string name, IEnumerable<string> known)
    {
        var (nearest, distance) = known
            .Select(candidate => (candidate, distance: IsBeginning(name, candidate) ? 1 : Distance(name, candidate)))
            .DefaultIfEmpty((candidate: string.Empty, distance: int.MaxValue))
            .MinBy(pair => pair.distance);
        return distance <= Math.Max(2, name.Length / 3) ? nearest : null;
    }

    /// <summary>Ends a sentence about a name that does not exist: "; did you mean 'x'?", or a full stop.</summary>
    public static string Hint(string name, IEnumerable<string> known, string prefix = "") =>
        Of(name, known) is { } nearest ? $"; did you mean '{prefix}{nearest}'?" : ".";

    private static bool IsBeginning(string name, string candidate) =>
        name.Length > 2 && candidate.StartsWith(name, StringComparison.OrdinalIgnoreCase);

    // Levenshtein: the fewest insertions, deletions and replacements that turn one into the other.
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var replaced = diagonal + (char.ToLowerInvariant(one[i - 1]) == char.ToLowerInvariant(other[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[other.Length];
    }
}
