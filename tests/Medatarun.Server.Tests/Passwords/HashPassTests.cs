using System.Security.Cryptography;
using System.Text;
using Medatarun.Server.Passwords;
using Medatarun.Server.Passwords.Lanes;

namespace Medatarun.Server.Tests.Passwords;

public sealed class HashPassTests
{
    private const int Strength = 2_000;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whatever_waits_together_gets_the_bytes_of_the_framework(bool lanes)
    {
        using var queue = new HashQueue(Engine(LaneKernel.Derive, lanes), width: 2, length: 200, TimeProvider.System);
        var jobs = Enumerable.Range(0, 100).Select(number => Job(number, Strength + (number % 3))).ToList();
        var expected = jobs.ConvertAll(Reference);

        var hashes = await Task.WhenAll(jobs.Select(job => queue.TryRun(job, CancellationToken.None)!));

        Assert.Equal(expected, hashes);
        Assert.Equal(jobs.Count, queue.Computed);
    }

    [Fact]
    public async Task A_free_thread_takes_what_waits_up_to_a_full_set_and_each_strength_in_a_set_of_its_own()
    {
        const int Busy = 20_000;
        var passes = new List<(int Iterations, int Jobs)>();
        using var goOn = new ManualResetEventSlim();
        using var taken = new ManualResetEventSlim();
        using var queue = new HashQueue(Engine(Observe, lanes: true), width: 1, length: 1000, TimeProvider.System);
        void Observe(ReadOnlySpan<LaneInput> inputs, int iterations, Span<byte> output)
        {
            taken.Set();
            goOn.Wait();
            passes.Add((iterations, inputs.Length));
            LaneKernel.Derive(inputs, iterations, output);
        }

        // While one is computed alone, others come to wait; the pass that takes them waits in turn for all the rest.
        var all = new List<Task>();
        do
        {
            all.AddRange(Enumerable.Range(0, 3).Select(number => queue.TryRun(Job(number, Busy), CancellationToken.None)!));
        }
        while (!taken.Wait(TimeSpan.FromMilliseconds(200)));

        all.AddRange(Enumerable.Range(0, 20).Select(number => queue.TryRun(Job(number, number % 4 == 0 ? 200 : 100), CancellationToken.None)!));
        goOn.Set();
        await Task.WhenAll(all);

        // 5 of strength 200 and 15 of strength 100, the oldest first, none beyond a full set.
        Assert.Equal([(200, 5), (100, 8), (100, 7)], passes.Where(pass => pass.Iterations != Busy));
    }

    [Fact]
    public async Task Whoever_only_takes_their_turn_has_it_with_those_around_them_and_takes_no_lane()
    {
        using var queue = new HashQueue(Engine(LaneKernel.Derive, lanes: true), width: 1, length: 100, TimeProvider.System);
        var turns = Enumerable.Range(0, 40).Select(_ => new HashJob([], [], iterations: 0)).ToList();
        var jobs = Enumerable.Range(0, 40).Select(number => Job(number, Strength)).ToList();
        var expected = jobs.ConvertAll(Reference);

        var all = jobs.Zip(turns, (job, turn) => (Hash: queue.TryRun(job, CancellationToken.None)!, Turn: queue.TryRun(turn, CancellationToken.None)!)).ToList();

        Assert.Equal(expected, await Task.WhenAll(all.Select(pair => pair.Hash)));
        await Task.WhenAll(all.Select(pair => pair.Turn));
        Assert.Equal(jobs.Count, queue.Computed);
        // Never before those who came earlier, within what a pass takes at once.
        Assert.All(turns.Zip(jobs.Skip(LaneKernel.Lanes)), pair => Assert.True(pair.First.QueuedAt + Ticks(pair.First.Waited) <= pair.Second.QueuedAt + Ticks(pair.Second.Waited)));
    }

    [Fact]
    public async Task A_fault_of_a_pass_is_told_to_each_of_its_callers_and_the_thread_goes_on()
    {
        var engine = Engine((_, _, _) => throw new InvalidOperationException("broken"), lanes: true);
        using var queue = new HashQueue(engine, width: 1, length: 100, TimeProvider.System);
        var many = Enumerable.Range(0, 30).Select(number => queue.TryRun(Job(number, Strength), CancellationToken.None)!).ToList();

        await Assert.ThrowsAsync<InvalidOperationException>(() => Task.WhenAll(many));

        Assert.All(many, one => Assert.True(one.IsCompleted));
        var alone = Job(1, Strength);
        var expected = Reference(alone);
        Assert.Equal(expected, await queue.TryRun(alone, CancellationToken.None)!);
    }

    private static HashEngine Engine(LaneDerivation derive, bool lanes)
    {
        var engine = new HashEngine(derive);
        if (lanes)
        {
            engine.UseLanes();
        }

        return engine;
    }

    private static long Ticks(TimeSpan span) => (long)(span.TotalSeconds * TimeProvider.System.TimestampFrequency);

    private static HashJob Job(int number, int iterations) =>
        new(Encoding.UTF8.GetBytes($"password {number}"), Encoding.UTF8.GetBytes($"salt of {number:0000000000}"), iterations);

    private static byte[] Reference(HashJob job) =>
        Rfc2898DeriveBytes.Pbkdf2(job.Password, job.Salt, job.Iterations, HashAlgorithmName.SHA512, PasswordHash.HashBytes);
}
