using Medatarun.Contracts;
using Medatarun.Server.Operations;
using Medatarun.Server.Passwords;

namespace Medatarun.Server.Guessing;

/// <summary>Verifies passwords that may be guesses: nothing is computed but what the lane admits.</summary>
internal sealed class GuardedPasswords(
    GuessGuard guard, PasswordHasher hasher, RecentDurations durations, PreciseDelay delay, RandomSource random, TimeProvider time)
    : IDisposable
{
    private const int NameBytes = 16;
    private readonly SemaphoreSlim calibrating = new(1);

    /// <summary>Whether a hash would be taken on at this moment.</summary>
    public bool HasRoom => hasher.HasRoom;

    /// <summary>Verifies a password. What is admitted is counted when the call ends.</summary>
    /// <param name="call">The call that gives it.</param>
    /// <param name="lane">Where it is counted.</param>
    /// <param name="password">What was given.</param>
    /// <param name="stored">The stored hash; null for none.</param>
    /// <param name="cancellationToken">The caller left: what was not computed by then is not counted.</param>
    public async Task<Outcome<PasswordVerdict>> VerifyAsync(
        CallContext call, LaneKey lane, Secret password, string? stored, CancellationToken cancellationToken)
    {
        var entry = await guard.EnterAsync(lane, cancellationToken);
        if (entry.Attempt is not { } attempt)
        {
            return new PasswordVerdict { Matches = false, HeldOff = true, RetryAfter = entry.RetryAfter, Waited = entry.Waited };
        }

        call.Attempt = attempt;
        return (await ComputeAsync(attempt, password, stored, cancellationToken)).Failed(out var busy, out var verified)
            ? busy
            : new PasswordVerdict { Matches = verified.Matches, HeldOff = false, Waited = entry.Waited + verified.Waited };
    }

    /// <summary>Notes that an attempt was computed, and how long it took.</summary>
    /// <param name="began">When the call began.</param>
    /// <param name="waited">The time in it that it waited, for others of its lane and for its turn to be computed.</param>
    public void NoteDuration(long began, TimeSpan waited) => durations.Note(time.GetElapsedTime(began) - waited);

    /// <summary>
    /// Lets a call that is held off take the time of one that is not: its turn in the queue of this moment, and what the rest of an
    /// attempt took lately. A problem if that one would have met it. Also for a call whose hash costs less than those of the others: it
    /// had its turn.
    /// </summary>
    /// <param name="began">When the call began.</param>
    /// <param name="waited">How long it waited already; null for one that had no turn.</param>
    public async Task<Problem?> TakeTheTimeAsync(long began, TimeSpan? waited = null)
    {
        if (await MeasureAsync() is { } busy)
        {
            return busy;
        }

        var duration = durations.Any() ?? TimeSpan.Zero;
        duration += waited ?? await hasher.TakeTurnAsync();
        await delay.UntilAsync(began + (long)(duration.TotalSeconds * time.TimestampFrequency));
        return null;
    }

    /// <summary>Sees to it that it is known what a real attempt takes; a problem if there was no room to find out.</summary>
    public async Task<Problem?> MeasureAsync() => durations.Any() is null ? await CalibrateAsync() : null;

    public void Dispose() => calibrating.Dispose();

    private async Task<Outcome<Verification>> ComputeAsync(
        GuessAttempt attempt, Secret password, string? stored, CancellationToken cancellationToken)
    {
        try
        {
            var outcome = await hasher.VerifyAsync(password, stored, cancellationToken);
            if (outcome.Problem is not null)
            {
                await attempt.TakeBackAsync();
            }

            return outcome;
        }
        catch (OperationCanceledException)
        {
            await attempt.TakeBackAsync();
            throw;
        }
    }

    // A real attempt on a name that nobody has, once for all who are held off while there is nothing to compare with.
    private async Task<Problem?> CalibrateAsync()
    {
        await calibrating.WaitAsync();
        try
        {
            if (durations.Any() is not null)
            {
                return null;
            }

            var began = time.GetTimestamp();
            var nobody = random.Base64UrlText(NameBytes);
            using var attempt = (await guard.EnterAsync(LaneKey.Name(nobody), CancellationToken.None)).Attempt!;
            if ((await ComputeAsync(attempt, new Secret(nobody), null, CancellationToken.None)).Failed(out var busy, out var computed))
            {
                return busy;
            }

            durations.Note(time.GetElapsedTime(began) - computed.Waited);
            await attempt.TakeBackAsync();
            return null;
        }
        finally
        {
            calibrating.Release();
        }
    }
}
