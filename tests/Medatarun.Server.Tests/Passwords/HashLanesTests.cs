using System.Security.Cryptography;
using System.Text;
using Medatarun.Server.Passwords;
using Medatarun.Server.Passwords.Lanes;

namespace Medatarun.Server.Tests.Passwords;

public sealed class HashLanesTests
{
    private const int Off = 0;

    // Of several slices.
    private const int Long = 20_000;

    private readonly ChangedLanes lanes = new();
    private readonly List<int> loaded = [];
    private readonly List<HashJob> unloaded = [];
    private readonly Dictionary<int, HashJob> inLane = [];
    private readonly Dictionary<string, HashJob> jobs = [];

    [Theory]
    [InlineData(Off)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Whatever_waits_together_gets_the_bytes_of_the_framework(int breakEven)
    {
        using var queue = new HashQueue(Engine(() => new LaneSet(), breakEven), width: 2, length: 200, TimeProvider.System);
        var many = Enumerable.Range(0, 100).Select(number => Job(number, 1 + (number * 997 % 5_000))).ToList();
        var expected = many.ConvertAll(Reference);

        var hashes = await Task.WhenAll(many.Select(job => queue.TryRun(job, CancellationToken.None)!));

        Assert.Equal(expected, hashes);
        Assert.Equal(many.Count, queue.Computed);
        Assert.All(many, job => Assert.All(job.Password, octet => Assert.Equal(0, octet)));
    }

    [Fact]
    public async Task Who_comes_while_others_are_computed_begins_with_the_next_slice_and_does_not_wait_for_their_end()
    {
        using var queue = Queue();
        var slices = 0;
        Task? second = null;
        lanes.OnAdvance = _ => second ??= ++slices == 2 ? queue.TryRun(Job(1, 10), CancellationToken.None)! : null;

        await queue.TryRun(Job(0, Long), CancellationToken.None)!;
        await second!;

        Assert.Equal([1, 0], unloaded.Select(Number));
    }

    [Fact]
    public async Task Free_lanes_are_filled_from_slice_to_slice_oldest_first_whatever_their_strength()
    {
        using var queue = Queue();
        List<Task>? others = null;
        var gaps = 0;
        lanes.OnAdvance = _ =>
        {
            if (others is not null)
            {
                gaps += lanes.Used < LaneKernel.Lanes && queue.Waiting > 0 ? 1 : 0;
            }

            others ??= [.. Enumerable.Range(1, 30).Select(number => queue.TryRun(Job(number, 1 + (number * 7_919 % Long)), CancellationToken.None)!)];
        };

        await queue.TryRun(Job(0, Long), CancellationToken.None)!;
        await Task.WhenAll(others!);

        Assert.Equal(Enumerable.Range(0, 31), loaded);
        Assert.Equal(0, gaps);
        Assert.NotEqual(loaded, unloaded.Select(Number));
    }

    [Fact]
    public async Task Whoever_comes_joins_those_that_are_computed_and_the_idle_thread_is_for_who_finds_no_lane_there()
    {
        using var ninth = new ManualResetEventSlim();
        HashQueue? queue = null;
        var all = new List<Task>();
        var (slices, usedFirst, waitingFirst) = (0, 0, -1);
        using (queue = new HashQueue(Engine(Create, breakEven: 1), width: 2, length: 100, TimeProvider.System))
        {
            await queue.TryRun(Job(0, Long), CancellationToken.None)!;
            await Task.WhenAll(all);
        }

        Assert.Equal((LaneKernel.Lanes, 0), (usedFirst, waitingFirst));
        Assert.True(ninth.IsSet);
        ChangedLanes Create()
        {
            var own = new ChangedLanes();
            own.OnAdvance = _ => OnAdvance(own);
            return own;
        }

        void OnAdvance(ChangedLanes own)
        {
            var slice = Interlocked.Increment(ref slices);
            if (slice == 1)
            {
                all.AddRange(Enumerable.Range(1, 7).Select(number => queue!.TryRun(Job(number, Long), CancellationToken.None)!));
            }
            else if (slice == 2)
            {
                (usedFirst, waitingFirst) = (own.Used, queue!.Waiting);
                all.Add(queue.TryRun(Job(8, 10), CancellationToken.None)!.ContinueWith(_ => ninth.Set(), TaskScheduler.Default));
                // This thread does not come back before the other one is done.
                ninth.Wait(TimeSpan.FromMinutes(1));
            }
        }
    }

    [Fact]
    public async Task Whoever_only_takes_their_turn_waits_until_a_lane_is_free_for_them_and_leaves_it_free()
    {
        using var queue = Queue();
        var turn = new HashJob([], [], iterations: 0);
        List<Task>? others = null;
        var tooEarly = false;
        lanes.OnAdvance = _ =>
        {
            others ??=
            [
                .. Enumerable.Range(1, 8).Select(number => queue.TryRun(Job(number, Long + (number * 5_000)), CancellationToken.None)!),
                queue.TryRun(turn, CancellationToken.None)!,
                queue.TryRun(Job(9, 10), CancellationToken.None)!,
            ];
            // The first has left and the eighth after it has its lane: the turn is that of the next one to leave.
            tooEarly |= turn.Task.IsCompleted && unloaded.Count < 2;
        };

        await queue.TryRun(Job(0, Long), CancellationToken.None)!;
        await Task.WhenAll(others!);

        Assert.False(tooEarly);
        Assert.Equal([0, 1, 9], unloaded.Take(3).Select(Number));
        Assert.Equal(10, queue.Computed);
    }

    [Fact]
    public async Task Who_leaves_before_there_is_a_lane_never_has_one()
    {
        using var queue = Queue();
        using var leaving = new CancellationTokenSource();
        List<Task>? others = null;
        Task? left = null;
        lanes.OnAdvance = _ =>
        {
            others ??= [.. Enumerable.Range(1, 8).Select(number => queue.TryRun(Job(number, Long), CancellationToken.None)!)];
            left ??= queue.TryRun(Job(9, Long), leaving.Token)!;
            leaving.Cancel();
        };

        await queue.TryRun(Job(0, Long), CancellationToken.None)!;
        await Task.WhenAll(others!);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left!);
        Assert.Equal(Enumerable.Range(0, 9), loaded);
    }

    [Fact]
    public async Task A_job_that_cannot_begin_fails_alone()
    {
        using var queue = Queue();
        Task? second = null;
        lanes.OnAdvance = _ => second ??= queue.TryRun(Job(1, -1), CancellationToken.None)!;
        var first = Job(0, Long);
        var expected = Reference(first);

        Assert.Equal(expected, await queue.TryRun(first, CancellationToken.None)!);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => second!);
        Assert.Equal(1, queue.Computed);
    }

    [Fact]
    public async Task A_fault_on_the_way_is_told_to_everybody_in_the_lanes_and_those_after_them_are_computed()
    {
        using var queue = Queue();
        List<Task>? others = null;
        lanes.OnAdvance = _ =>
        {
            var broken = others is not null && unloaded.Count == 0 && lanes.Used == LaneKernel.Lanes && queue.Waiting == 2;
            others ??= [.. Enumerable.Range(1, 9).Select(number => queue.TryRun(Job(number, 10), CancellationToken.None)!)];
            if (broken)
            {
                throw new InvalidOperationException("broken");
            }
        };

        await Assert.ThrowsAsync<InvalidOperationException>(() => queue.TryRun(Job(0, Long), CancellationToken.None)!);

        foreach (var one in others!.Take(7))
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => one);
        }

        await Task.WhenAll(others!.Skip(7));
        Assert.Equal([8, 9], unloaded.Select(Number));
    }

    [Fact]
    public async Task Who_is_in_a_lane_or_waits_for_one_is_computed_before_the_queue_ends()
    {
        List<Task<byte[]>> all;
        using (var queue = Queue())
        {
            all = [.. Enumerable.Range(0, 20).Select(number => queue.TryRun(Job(number, Long), CancellationToken.None)!)];
        }

        Assert.Equal(20, unloaded.Count);
        await Task.WhenAll(all);
    }

    [Fact]
    public async Task Where_a_lone_job_is_better_off_with_the_framework_it_has_no_lane()
    {
        using var queue = Queue(breakEven: 2);
        var job = Job(0, Long);
        var expected = Reference(job);

        Assert.Equal(expected, await queue.TryRun(job, CancellationToken.None)!);

        Assert.Empty(loaded);
    }

    private static HashEngine Engine(Func<ILaneSet> create, int breakEven)
    {
        var engine = new HashEngine(create);
        if (breakEven != Off)
        {
            engine.UseLanes(breakEven);
        }

        return engine;
    }

    /// <summary>One thread, whose lanes are observed.</summary>
    private HashQueue Queue(int breakEven = 1)
    {
        lanes.OnLoad = (lane, input) =>
        {
            var job = jobs[Encoding.UTF8.GetString(input.Salt.Span)];
            inLane[lane] = job;
            loaded.Add(Number(job));
            return input;
        };
        lanes.OnUnload = (lane, _) => unloaded.Add(inLane[lane]);
        return new HashQueue(Engine(() => lanes, breakEven), width: 1, length: 100, TimeProvider.System);
    }

    private HashJob Job(int number, int iterations)
    {
        var salt = $"salt of {number:0000000000}";
        var job = new HashJob(Encoding.UTF8.GetBytes($"password {number}"), Encoding.UTF8.GetBytes(salt), iterations);
        lock (jobs)
        {
            jobs[salt] = job;
        }

        return job;
    }

    private static int Number(HashJob job) => int.Parse(Encoding.UTF8.GetString(job.Salt)[^10..], System.Globalization.CultureInfo.InvariantCulture);

    private static byte[] Reference(HashJob job) =>
        Rfc2898DeriveBytes.Pbkdf2(job.Password, job.Salt, job.Iterations, HashAlgorithmName.SHA512, PasswordHash.HashBytes);
}
