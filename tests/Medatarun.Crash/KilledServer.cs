using System.Diagnostics;
using System.Text.Json;
using Medatarun.Client;
using Medatarun.Contracts.ServerProcess;

namespace Medatarun.Crash;

/// <summary>The program on a home of its own. It ends by being killed, or with this process.</summary>
internal sealed class KilledServer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;

    private KilledServer(Process process, Uri url, TimeSpan startTime)
    {
        this.process = process;
        Url = url;
        StartTime = startTime;
    }

    public Uri Url { get; }

    /// <summary>From the start of the process to its first answer.</summary>
    public TimeSpan StartTime { get; }

    public static async Task<KilledServer> StartAsync(string home, string bootstrapSecret)
    {
        var program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "medatarun.exe" : "medatarun");
        var statePath = Path.Combine(home, ServerState.FileName);
        // What a killed server left would be read as this one's.
        File.Delete(statePath);
        var began = Stopwatch.GetTimestamp();
        var process = Process.Start(new ProcessStartInfo(program, ["serve", "--managed", "--home", home, "--port", "0"])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
        })!;
        await process.StandardInput.WriteAsync($$"""{"bootstrap_secret":"{{bootstrapSecret}}"}""" + "\n");
        await process.StandardInput.FlushAsync();
        while (!File.Exists(statePath))
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(began) > Patience)
            {
                throw new InvalidOperationException($"The server did not start: {await process.StandardError.ReadToEndAsync()}");
            }

            await Task.Delay(1);
        }

        var state = JsonSerializer.Deserialize(await File.ReadAllTextAsync(statePath), ServerProcessJsonContext.Default.ServerState)!;
        await new MedatarunConnection(state.Url).PingAsync();
        return new KilledServer(process, state.Url, Stopwatch.GetElapsedTime(began));
    }

    /// <summary>kill -9.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            Kill();
        }

        process.Dispose();
    }
}
