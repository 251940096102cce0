using Medatarun.Contracts.Problems;
using Medatarun.Server.Guessing;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;
using Medatarun.Server.Tests.Support;

namespace Medatarun.Server.Tests;

/// <summary>Lanes, attempt by attempt, on a real store.</summary>
public sealed class GuessGuardTests : IDisposable
{
    private static readonly LaneKey Lane = LaneKey.Name("somebody");

    private readonly string folder = Directory.CreateTempSubdirectory("medatarun-test-").FullName;
    private readonly StoreHolder store = new();
    private readonly TestClock clock = new();
    private readonly GuessGuard guard;

    public GuessGuardTests()
    {
        store.Set(Store.Open(Path.Combine(folder, "medatarun.db"), clock.GetUtcNow(), _ => { }));
        guard = new GuessGuard(store, clock);
    }

    public void Dispose()
    {
        store.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task An_attempt_is_counted_before_it_is_made()
    {
        using var attempt = await EnterAsync();

        Assert.Equal(1, Counted());
    }

    [Fact]
    public async Task What_ends_without_an_outcome_stays_counted()
    {
        for (var i = 0; i < 5; i++)
        {
            (await EnterAsync()).Dispose();
        }

        Assert.Equal(5, Counted());
        await IsRefusedAsync();
        clock.Advance(TimeSpan.FromSeconds(5));
        (await EnterAsync()).Dispose();
    }

    [Fact]
    public async Task What_a_killed_program_left_in_flight_has_failed_and_blocks()
    {
        for (var i = 0; i < 5; i++)
        {
            _ = await EnterAsync();
        }

        // Another program on the same file knows nothing of what is in flight here.
        var restarted = new GuessGuard(store, clock);
        Assert.Null((await restarted.EnterAsync(Lane, CancellationToken.None)).Attempt);
        clock.Advance(TimeSpan.FromSeconds(5));
        Assert.NotNull((await restarted.EnterAsync(Lane, CancellationToken.None)).Attempt);
    }

    [Fact]
    public async Task Who_comes_while_five_are_in_flight_waits_for_them()
    {
        var attempts = await EnterAsync(5);
        var waiting = guard.EnterAsync(Lane, CancellationToken.None);
        await SettledAsync();
        Assert.False(waiting.IsCompleted);

        await FailAsync(attempts[0]);
        await SettledAsync();
        Assert.False(waiting.IsCompleted);
        await SucceedAsync(attempts[1]);

        using var admitted = (await waiting).Attempt;
        Assert.NotNull(admitted);
        Assert.Equal(4, Counted());
    }

    [Fact]
    public async Task Who_waits_is_refused_when_all_in_flight_have_failed()
    {
        var attempts = await EnterAsync(5);
        var waiting = Enumerable.Range(0, 20).Select(_ => guard.EnterAsync(Lane, CancellationToken.None)).ToArray();
        foreach (var attempt in attempts)
        {
            Assert.DoesNotContain(waiting, entry => entry.IsCompleted);
            await FailAsync(attempt);
        }

        Assert.All(await Task.WhenAll(waiting), entry => Assert.Equal((null, TimeSpan.FromSeconds(5)), (entry.Attempt, entry.RetryAfter)));
        Assert.Equal(5, Counted());
    }

    [Fact]
    public async Task Who_waits_comes_in_the_order_in_which_they_came()
    {
        var attempts = await EnterAsync(5);
        var order = new List<int>();
        var waiting = new List<Task>();
        for (var i = 0; i < 4; i++)
        {
            waiting.Add(NoteAsync(i));
            await SettledAsync();
        }

        foreach (var attempt in attempts)
        {
            await SucceedAsync(attempt);
        }

        await Task.WhenAll(waiting);
        Assert.Equal([0, 1, 2, 3], order);

        async Task NoteAsync(int number)
        {
            var attempt = (await guard.EnterAsync(Lane, CancellationToken.None)).Attempt!;
            order.Add(number);
            await SucceedAsync(attempt);
        }
    }

    [Fact]
    public async Task Who_leaves_the_line_holds_nobody_up()
    {
        var attempts = await EnterAsync(5);
        using var leaving = new CancellationTokenSource();
        var first = guard.EnterAsync(Lane, leaving.Token);
        await SettledAsync();
        var second = guard.EnterAsync(Lane, CancellationToken.None);
        await SettledAsync();

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await SucceedAsync(attempts[0]);

        Assert.NotNull((await second).Attempt);
        Assert.Equal(5, Counted());
    }

    [Fact]
    public async Task An_attempt_that_was_not_made_is_taken_back_and_frees_its_place()
    {
        var attempts = await EnterAsync(5);
        var waiting = guard.EnterAsync(Lane, CancellationToken.None);
        await attempts[0].TakeBackAsync();
        using var admitted = (await waiting).Attempt;

        Assert.NotNull(admitted);
        Assert.Equal(5, Counted());
    }

    [Fact]
    public async Task Taking_back_what_was_admitted_after_a_wait_leaves_the_wait_as_it_was()
    {
        foreach (var attempt in await EnterAsync(5))
        {
            await FailAsync(attempt);
        }

        clock.Advance(TimeSpan.FromSeconds(5));
        await (await EnterAsync()).TakeBackAsync();

        await FailAsync(await EnterAsync());
        await IsRefusedAsync();
    }

    [Fact]
    public async Task A_success_clears_what_failed_and_not_what_is_in_flight()
    {
        var attempts = await EnterAsync(4);
        await FailAsync(attempts[0]);
        await FailAsync(attempts[1]);
        await SucceedAsync(attempts[2]);
        Assert.Equal(1, Counted());
        await SucceedAsync(attempts[3]);

        Assert.Equal(0, Counted());
    }

    [Fact]
    public async Task A_transaction_that_is_not_kept_leaves_the_attempt_counted()
    {
        var attempt = await EnterAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.Current.WriteAsync<int>(transaction =>
        {
            attempt.Settle(transaction, problem: null);
            throw new InvalidOperationException();
        }));

        Assert.Equal(1, Counted());
        foreach (var free in await EnterAsync(4))
        {
            free.Dispose();
        }

        await IsRefusedAsync();
    }

    [Fact]
    public async Task Names_of_nobody_are_forgotten_after_a_day_and_when_they_are_too_many()
    {
        foreach (var name in (string[])["old", "a", "b", "c"])
        {
            (await guard.EnterAsync(LaneKey.Name(name), CancellationToken.None)).Attempt!.Dispose();
            clock.Advance(TimeSpan.FromHours(1));
        }

        await store.Current.WriteAsync(transaction => Prune(transaction, clock.GetUtcNow().AddHours(-3.5), 100));
        Assert.Equal(3, Names());
        await store.Current.WriteAsync(transaction => Prune(transaction, clock.GetUtcNow().AddHours(-24), 1));
        Assert.Equal(1, Names());
        Assert.Equal(1, store.Current.Read(transaction => LaneQueries.Find(transaction, LaneKey.Name("c"))).Counted);
    }

    private static int Prune(StoreTransaction transaction, DateTimeOffset before, int most)
    {
        LaneQueries.Prune(transaction, before, most);
        return 0;
    }

    private async Task<GuessAttempt> EnterAsync() => (await guard.EnterAsync(Lane, CancellationToken.None)).Attempt!;

    private async Task<GuessAttempt[]> EnterAsync(int count) => await Task.WhenAll(Enumerable.Range(0, count).Select(_ => EnterAsync()));

    private async Task IsRefusedAsync() => Assert.Null((await guard.EnterAsync(Lane, CancellationToken.None)).Attempt);

    private Task<int> FailAsync(GuessAttempt attempt) => SettleAsync(attempt, ProblemCatalogue.BadCredentials);

    private Task<int> SucceedAsync(GuessAttempt attempt) => SettleAsync(attempt, null);

    private Task<int> SettleAsync(GuessAttempt attempt, Problem? problem) => store.Current.WriteAsync(transaction =>
    {
        attempt.Settle(transaction, problem);
        return 0;
    });

    // Whoever asked before this was decided on, for the writer takes one after the other; twice, for those who are woken.
    private async Task SettledAsync()
    {
        await store.Current.WriteAsync(_ => 0);
        await store.Current.WriteAsync(_ => 0);
    }

    private int Counted() => store.Current.Read(transaction => LaneQueries.Find(transaction, Lane)).Counted;

    private long Names() => store.Current.Read(transaction => transaction.Number("SELECT COUNT(*) FROM sign_in_lanes"));
}
