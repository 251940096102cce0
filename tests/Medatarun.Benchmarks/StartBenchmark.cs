using Medatarun.Benchmarks.Programs;

namespace Medatarun.Benchmarks;

/// <summary>
/// From the start of the process to its first answer on <c>/health</c>, and resident memory right after it; on an empty
/// folder, and on the one of the start before. The bare program opens a SQLite file, writes and reads a row, and signs a
/// token at its start; it is published with the properties of ours.
/// </summary>
internal sealed class StartBenchmark() : Benchmark(
    "start", "how long until the first answer, and how much memory, against a bare Kestrel published the same way?", 11)
{
    private const double MiB = 1024 * 1024;

    public override Task RunAsync(PublishedPrograms programs, int rounds, Report report)
    {
        // Not counted: a single file unpacks its native library once a machine, and the disk's cache is cold.
        _ = Measure(folder => Medatarun(programs, folder));
        _ = Measure(folder => Bare(programs, folder));

        var ours = new List<(Start First, Start Second)>();
        var bare = new List<(Start First, Start Second)>();
        for (var round = 0; round < rounds; round++)
        {
            ours.Add(Measure(folder => Medatarun(programs, folder)));
            bare.Add(Measure(folder => Bare(programs, folder)));
        }

        Judge(report, "empty folder", [.. ours.Select(one => one.First)], [.. bare.Select(one => one.First)]);
        Judge(report, "second start", [.. ours.Select(one => one.Second)], [.. bare.Select(one => one.Second)]);
        report.Line($"size on disk: medatarun {new FileInfo(programs.Medatarun).Length / MiB:0.0} MiB, bare {new FileInfo(programs.Bare).Length / MiB:0.0} MiB");
        return Task.CompletedTask;
    }

    private static void Judge(Report report, string what, List<Start> ours, List<Start> bare)
    {
        report.Line(
            $"{what}: medatarun {Milliseconds(ours):0} ms, {Resident(ours):0.0} MiB; bare {Milliseconds(bare):0} ms, {Resident(bare):0.0} MiB (medians)");
        report.AtMost($"start to first answer, {what}", Milliseconds(ours) / Milliseconds(bare), 1.5, " ×");
        report.AtMost($"resident memory, {what}", Resident(ours) / Resident(bare), 1.3, " ×");
    }

    private static double Milliseconds(List<Start> starts) => Statistics.Median(starts.Select(start => start.Time.TotalMilliseconds));

    private static double Resident(List<Start> starts) => Statistics.Median(starts.Select(start => start.ResidentBytes / MiB));

    private static (Start First, Start Second) Measure(Func<string, Start> start)
    {
        using var folder = new TemporaryFolder();
        var first = start(folder.Path);
        return (first, start(folder.Path));
    }

    private static Start Medatarun(PublishedPrograms programs, string folder)
    {
        using var program = RunningProgram.Medatarun(programs, folder, "bootstrap-secret-of-the-benchmarks");
        return new Start(program.StartTime, program.ResidentBytes);
    }

    private static Start Bare(PublishedPrograms programs, string folder)
    {
        using var program = RunningProgram.Bare(programs, folder, """{"status":"ok"}"""u8.ToArray());
        return new Start(program.StartTime, program.ResidentBytes);
    }

    private sealed record Start(TimeSpan Time, long ResidentBytes);
}
