using Medatarun.Benchmarks;
using Medatarun.Benchmarks.Programs;

IReadOnlyList<Benchmark> all =
[
    new SignInBenchmark(), new WhoAmIBenchmark(), new StartBenchmark(), new ImportBenchmark(), new TimingBenchmark(),
    new QueueBenchmark(), new TokenBenchmark(), new LanesBenchmark(), new UserImportBenchmark(), new ExternalBenchmark(),
];

if (Arguments.Parse(args, all) is not { } arguments)
{
    await Console.Error.WriteLineAsync($"usage: [name …] [--rounds N]   names: {string.Join(", ", all.Select(one => one.Name))}");
    return 2;
}

var report = new Report(Console.Out);
var programs = new PublishedPrograms(Repository.Root);
foreach (var benchmark in arguments.Benchmarks)
{
    report.Title(benchmark.Name, benchmark.Question);
    await benchmark.RunAsync(programs, arguments.Rounds ?? benchmark.DefaultRounds, report);
}

report.Summary();
return report.Failures == 0 ? 0 : 1;
