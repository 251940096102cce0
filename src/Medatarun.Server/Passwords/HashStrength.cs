using System.Diagnostics;
using Medatarun.Server.Passwords.Lanes;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Medatarun.Server.Passwords;

/// <summary>
/// At start, beside it and not in its way: puts the lanes to the proof before they are used, finds out whether a lone job is as well
/// off in them, and says in the log how many sign-ins a second this machine gives at the chosen strength.
/// </summary>
internal sealed partial class HashStrength(
    HashEngine engine, HashQueue queue, RandomSource random, MedatarunServerOptions options, ILogger<HashStrength> log) : IHostedService
{
    // Enough to be measured, and not to be noticed.
    private const int Sample = 2_000;
    private const int Turns = 8;

    // What a lone sign-in may lose for those who join it: processors that run a 512-bit operation as two halves would lose more.
    private const double LoneCost = 1.05;

    private Task? proof;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        proof = Task.Factory.StartNew(Prove, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return Task.CompletedTask;
    }

    /// <summary>Waits for the proof, so that it does not outlive the server.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => proof ?? Task.CompletedTask;

    /// <summary>From how many jobs on lanes are better, when one derivation took so long each way.</summary>
    public static int BreakEven(TimeSpan framework, TimeSpan lane) => lane <= framework * LoneCost ? 1 : 2;

    private void Prove()
    {
        ThreadPriorities.LowerOwn();
        var lanes = ProvedLanes();
        var (framework, lane) = (TimeSpan.MaxValue, TimeSpan.MaxValue);
        for (var turn = 0; turn < Turns; turn++)
        {
            framework = Shorter(framework, ByFramework);
            lane = lanes is null ? lane : Shorter(lane, () => InLane(lanes));
        }

        if (lanes is not null)
        {
            engine.UseLanes(BreakEven(framework, lane));
        }

        var each = (lanes is null ? framework : lane) * (options.PasswordIterations / (double)Sample);
        LogStrength(
            options.PasswordIterations, queue.Threads * engine.Width / each.TotalSeconds, engine.Width > 1 ? $"{engine.Width} at once on" : "one at a time on", queue.Threads);
    }

    private ILaneSet? ProvedLanes()
    {
        if (options.PasswordHashing != PasswordHashing.Auto || !LaneKernel.IsSupported)
        {
            return null;
        }

        var lanes = engine.CreateLanes();
        if (LaneSelfTest.Passes(random, lanes))
        {
            return lanes;
        }

        LogDifference();
        return null;
    }

    private static TimeSpan Shorter(TimeSpan best, Action work)
    {
        var began = Stopwatch.GetTimestamp();
        work();
        var elapsed = Stopwatch.GetElapsedTime(began);
        return elapsed < best ? elapsed : best;
    }

    private void ByFramework() => HashEngine.ComputeByFramework(new HashJob([], random.Bytes(PasswordHash.SaltBytes), Sample));

    // How many lanes are used makes no difference to the time.
    private void InLane(ILaneSet lanes)
    {
        lanes.Load(0, new LaneInput(default, random.Bytes(PasswordHash.SaltBytes), Sample));
        lanes.Advance(Sample);
        lanes.Clear();
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
