using System.ComponentModel;
using System.Diagnostics;
using Medatarun.Benchmarks.Programs;

namespace Medatarun.Benchmarks;

/// <summary>A PowerShell that imports the module, beside one that does nothing.</summary>
internal sealed class ImportBenchmark() : Benchmark(
    "import", "what does importing the module add to the start of PowerShell?", 15)
{
    public override Task RunAsync(PublishedPrograms programs, int rounds, Report report)
    {
        if (!HasPowerShell())
        {
            report.Skip("there is no pwsh on this machine");
            return Task.CompletedTask;
        }

        CommandRunner.Run(programs.Root, "dotnet", "build", "src/Medatarun.PowerShell", "-c", "Release", "-nodeReuse:false", "-p:UseSharedCompilation=false");
        var with = new List<double>();
        var without = new List<double>();
        _ = Milliseconds(programs.Root, "Import-Module ./Medatarun.psd1");
        for (var round = 0; round < rounds; round++)
        {
            without.Add(Milliseconds(programs.Root, "1"));
            with.Add(Milliseconds(programs.Root, "Import-Module ./Medatarun.psd1"));
        }

        var (import, bare) = (Statistics.Median(with), Statistics.Median(without));
        report.Line($"pwsh -NoProfile with Import-Module: {import:0} ms; with -Command 1: {bare:0} ms (medians)");
        report.AtMost("import adds", import - bare, 150, " ms");
        report.AtMost("the whole, against a bare start", import / bare, 2.0, " ×");
        return Task.CompletedTask;
    }

    private static double Milliseconds(string folder, string command)
    {
        var began = Stopwatch.GetTimestamp();
        CommandRunner.Run(folder, "pwsh", "-NoProfile", "-Command", command);
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private static bool HasPowerShell()
    {
        try
        {
            CommandRunner.Run(Repository.Root, "pwsh", "-NoProfile", "-Command", "1");
            return true;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
