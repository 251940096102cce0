using System.Globalization;

namespace Medatarun.Benchmarks;

/// <summary>What the command line asks for.</summary>
internal sealed record Arguments(IReadOnlyList<Benchmark> Benchmarks, int? Rounds)
{
    public static Arguments? Parse(string[] given, IReadOnlyList<Benchmark> all)
    {
        var chosen = new List<Benchmark>();
        int? rounds = null;
        for (var i = 0; i < given.Length; i++)
        {
            if (given[i] == "--rounds" && i + 1 < given.Length
                && int.TryParse(given[++i], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
            {
                rounds = number;
            }
            else if (all.SingleOrDefault(benchmark => benchmark.Name == given[i]) is { } known)
            {
                chosen.Add(known);
            }
            else
            {
                return null;
            }
        }

        return new Arguments(chosen.Count > 0 ? chosen : all, rounds);
    }
}
