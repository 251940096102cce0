using Medatarun.Benchmarks.Programs;

namespace Medatarun.Benchmarks;

/// <summary>
/// A question with a figure for an answer, and beside it what the machine allows, measured in the same run and in turns,
/// because machines are busy with other things as well.
/// </summary>
internal abstract class Benchmark(string name, string question, int defaultRounds)
{
    public string Name { get; } = name;

    public string Question { get; } = question;

    public int DefaultRounds { get; } = defaultRounds;

    public abstract Task RunAsync(PublishedPrograms programs, int rounds, Report report);
}
