using System.Diagnostics;
using Medatarun.Server.Passwords.Lanes;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Medatarun.Server.Passwords;

/// <summary>
/// At start, beside it and not in its way: puts the lanes to the proof before they are used, and says in the log how many sign-ins
/// a second this machine gives at the chosen strength.
/// </summary>
internal sealed partial class HashStrength(
    HashEngine engine, HashQueue queue, RandomSource random, MedatarunServerOptions options, ILogger<HashStrength> log) : IHostedService
{
    // Enough to be measured, and not to be noticed.
    private const int Sample = 2_000;

    private Task? proof;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        proof = Task.Factory.StartNew(Prove, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return Task.CompletedTask;
    }

    /// <summary>Waits for the proof, so that it does not outlive the server.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => proof ?? Task.CompletedTask;

    private void Prove()
    {
        ThreadPriorities.LowerOwn();
        if (options.PasswordHashing == PasswordHashing.Auto && LaneKernel.IsSupported)
        {
            if (LaneSelfTest.Passes(random, engine.Lanes))
            {
                engine.UseLanes();
            }
            else
            {
                LogDifference();
            }
        }

        LogStrength(options.PasswordIterations, SignInsPerSecond(), engine.Width > 1 ? $"{engine.Width} at once on" : "one at a time on", queue.Threads);
    }

    private double SignInsPerSecond()
    {
        HashJob[] jobs = [.. Enumerable.Range(0, engine.Width).Select(_ => new HashJob([], random.Bytes(PasswordHash.SaltBytes), Sample))];
        engine.Compute(jobs);
        var best = TimeSpan.MaxValue;
        for (var round = 0; round < 3; round++)
        {
            var began = Stopwatch.GetTimestamp();
            engine.Compute(jobs);
            var elapsed = Stopwatch.GetElapsedTime(began);
            best = elapsed < best ? elapsed : best;
        }

        return queue.Threads * jobs.Length / (best.TotalSeconds * options.PasswordIterations / Sample);
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Hashing in vector lanes gave other bytes than the framework on this processor and is not used. Please report it with the processor's name.")]
    private partial void LogDifference();

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Password hashes of {Iterations} iterations: about {PerSecond:0} sign-ins a second, {How} {Threads} processors")]
    private partial void LogStrength(int iterations, double perSecond, string how, int threads);
}
