using System.Diagnostics;
using Medatarun.Lanes;

namespace Medatarun.Server.Tests.Passwords;

/// <summary>The program that compares lanes and framework, in a process whose processor can do less.</summary>
internal static class LanesProgram
{
    /// <summary>Runs it with a feature of the processor turned off, and returns its exit code and what it wrote.</summary>
    public static (int ExitCode, string Output) Run(string feature, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet")
        {
            RedirectStandardOutput = true,
        };
        start.ArgumentList.Add(typeof(LaneCases).Assembly.Location);
        Array.ForEach(arguments, start.ArgumentList.Add);
        start.Environment[feature] = "0";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
