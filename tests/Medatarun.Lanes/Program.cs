using System.Diagnostics;
using System.Globalization;
using Medatarun.Lanes;
using Medatarun.Server.Passwords.Lanes;

if (Arguments.Parse(args) is not { } arguments)
{
    await Console.Error.WriteLineAsync("usage: [--rounds N] [--iterations N] [--seed N]   numbers from 1 on");
    return 2;
}

var sets = 0;
var cases = 0;
while (cases < arguments.Rounds)
{
    cases += LaneCases.Count(sets++);
}

var began = Stopwatch.GetTimestamp();
var differences = Enumerable.Range(0, sets).AsParallel()
    .SelectMany(number => LaneCases.Create(arguments.Seed, number, arguments.MaxIterations).Differences()).ToList();
differences.ForEach(Console.WriteLine);
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"{cases:N0} cases in {sets:N0} sets of 1 to {2 * LaneKernel.Lanes} that begin and end at different moments, 1 to {arguments.MaxIterations:N0} iterations, seed {arguments.Seed}, in {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s"));
Console.WriteLine($"512-bit vectors: {(LaneKernel.IsSupported ? "yes" : "no")}");
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{differences.Count} differences from the framework"));
return differences.Count == 0 ? 0 : 1;
