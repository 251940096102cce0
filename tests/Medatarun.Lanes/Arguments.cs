using System.Globalization;

namespace Medatarun.Lanes;

/// <summary>What the command line asks for.</summary>
/// <param name="Rounds">How many cases are compared, at least.</param>
/// <param name="MaxIterations">The highest iteration count of a case.</param>
/// <param name="Seed">Which cases: the same number, the same cases.</param>
internal sealed record Arguments(int Rounds, int MaxIterations, int Seed)
{
    public static Arguments? Parse(string[] given)
    {
        var arguments = new Arguments(100_000, 3_000, Random.Shared.Next());
        for (var i = 0; i < given.Length; i += 2)
        {
            if (i + 1 == given.Length
                || !int.TryParse(given[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0
                || arguments.With(given[i], number) is not { } changed)
            {
                return null;
            }

            arguments = changed;
        }

        return arguments;
    }

    private Arguments? With(string name, int number) => name switch
    {
        "--rounds" => this with { Rounds = number },
        "--iterations" => this with { MaxIterations = number },
        "--seed" => this with { Seed = number },
        _ => null,
    };
}
