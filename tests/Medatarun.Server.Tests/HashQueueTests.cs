using System.Security.Cryptography;
using System.Text;
using Medatarun.Server.Passwords;
using Medatarun.Server.Passwords.Lanes;

namespace Medatarun.Server.Tests;

public sealed class HashQueueTests
{
    private static HashJob Job(string password = "a password") => new(Encoding.UTF8.GetBytes(password), [1, 2, 3, 4, 5, 6, 7, 8], 10);

    [Fact]
    public async Task A_job_yields_the_hash_of_the_standard_and_its_password_is_cleared()
    {
        using var queue = new HashQueue(new HashEngine(() => new LaneSet()), width: 1, length: 1, TimeProvider.System);
        var job = Job();

        var hash = await queue.TryRun(job, CancellationToken.None)!;

        Assert.Equal(Rfc2898DeriveBytes.Pbkdf2("a password", job.Salt, 10, HashAlgorithmName.SHA512, 64), hash);
        Assert.All(job.Password, octet => Assert.Equal(0, octet));
        Assert.Equal(1, queue.Computed);
    }

    [Fact]
    public void What_does_not_fit_is_refused_and_its_password_is_cleared()
    {
        using var queue = new HashQueue(new HashEngine(() => new LaneSet()), width: 0, length: 2, TimeProvider.System);
        Assert.NotNull(queue.TryRun(Job(), CancellationToken.None));
        Assert.True(queue.HasRoom);
        Assert.NotNull(queue.TryRun(Job(), CancellationToken.None));
        Assert.False(queue.HasRoom);
        var refused = Job();

        Assert.Null(queue.TryRun(refused, CancellationToken.None));

        Assert.All(refused.Password, octet => Assert.Equal(0, octet));
    }

    [Fact]
    public async Task Who_leaves_frees_their_place_and_costs_nothing()
    {
        using var queue = new HashQueue(new HashEngine(() => new LaneSet()), width: 0, length: 1, TimeProvider.System);
        using var leaving = new CancellationTokenSource();
        var job = Job();
        var hash = queue.TryRun(job, leaving.Token)!;

        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hash);
        Assert.True(queue.HasRoom);
        Assert.All(job.Password, octet => Assert.Equal(0, octet));
    }

    [Fact]
    public async Task Who_has_left_before_costs_nothing_either()
    {
        using var queue = new HashQueue(new HashEngine(() => new LaneSet()), width: 0, length: 1, TimeProvider.System);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => queue.TryRun(Job(), new CancellationToken(canceled: true))!);

        Assert.Equal((0, 0), (queue.Waiting, queue.Computed));
    }

    [Fact]
    public async Task A_turn_comes_after_those_who_came_before_and_takes_no_room()
    {
        using var queue = new HashQueue(new HashEngine(() => new LaneSet()), width: 0, length: 1, TimeProvider.System);
        using var leaving = new CancellationTokenSource();
        var before = queue.TryRun(Job(), leaving.Token)!;
        var turns = Enumerable.Range(0, 3).Select(_ => queue.TryRun(new HashJob([], [], 0), leaving.Token)!).ToArray();

        Assert.Equal(1, queue.Waiting);
        Assert.All(turns, turn => Assert.False(turn.IsCompleted));
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(turns.Append(before)));

        using var working = new HashQueue(new HashEngine(() => new LaneSet()), width: 1, length: 1, TimeProvider.System);
        var job = working.TryRun(Job(), CancellationToken.None)!;
        var last = new HashJob([], [], 0);
        await working.TryRun(last, CancellationToken.None)!;
        Assert.True(job.IsCompleted);
        Assert.True(last.Waited >= TimeSpan.Zero);
        Assert.Equal(1, working.Computed);
    }

    [Fact]
    public async Task A_fault_is_told_to_whoever_waits_and_the_next_job_is_computed()
    {
        using var queue = new HashQueue(new HashEngine(() => new LaneSet()), width: 1, length: 2, TimeProvider.System);

        await Assert.ThrowsAnyAsync<ArgumentException>(() => queue.TryRun(new HashJob([], [], iterations: -1), CancellationToken.None)!);

        Assert.Equal(64, (await queue.TryRun(Job(), CancellationToken.None)!).Length);
    }
}
