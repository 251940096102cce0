using Medatarun.Contracts.Problems;

namespace Medatarun.Client;

/// <summary>
/// Holds the tokens of a connection, and renews them: once for all who wait. Nobody sends a refresh token that somebody else has
/// used already, since the server would take that for theft.
/// </summary>
/// <param name="first">What the connection begins with.</param>
/// <param name="exchange">Where others are had.</param>
/// <param name="time">The clock.</param>
internal sealed class TokenHolder(HeldTokens first, TokenExchange exchange, TimeProvider time)
{
    // While the server cannot refresh and the token is good, callers go on with it and do not all wait for the next failure.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private HeldTokens current = first;
    private Task<MedatarunException?>? refreshing;

    /// <summary>The tokens of this moment.</summary>
    public HeldTokens Current => Volatile.Read(ref current);

    /// <summary>The tokens to call with: renewed first when they are about to expire.</summary>
    /// <param name="observe">Told of the request, if this call makes it.</param>
    /// <param name="cancellationToken">Ends the waiting of this caller alone.</param>
    /// <exception cref="MedatarunException">They have expired and could not be renewed.</exception>
    public async ValueTask<HeldTokens> FreshAsync(Action<RequestReport>? observe, CancellationToken cancellationToken)
    {
        var tokens = Current;
        if (!tokens.IsDue(time.GetUtcNow()))
        {
            return tokens;
        }

        var failure = await Renew(tokens, observe, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
        return failure is null || time.GetUtcNow() < tokens.EndsAt ? Current : throw failure;
    }

    /// <summary>The tokens to call with after the server said that those have expired.</summary>
    /// <param name="expired">What was sent.</param>
    /// <param name="observe">Told of the request, if this call makes it.</param>
    /// <param name="cancellationToken">Ends the waiting of this caller alone.</param>
    /// <returns>Null when there is nothing to renew them with.</returns>
    /// <exception cref="MedatarunException">They could not be renewed.</exception>
    public async ValueTask<HeldTokens?> AfterExpiryAsync(
        HeldTokens expired, Action<RequestReport>? observe, CancellationToken cancellationToken)
    {
        var tokens = Current;
        if (ReferenceEquals(tokens.AccessToken, expired.AccessToken))
        {
            if (tokens.RefreshToken is null)
            {
                return null;
            }

            if (await Renew(tokens, observe, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false) is { } failure)
            {
                throw failure;
            }
        }

        return Current;
    }

    // Null for success, so that a failure that nobody waits for any more is no unobserved exception.
    private Task<MedatarunException?> Renew(HeldTokens seen, Action<RequestReport>? observe, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var old = current;
            if (!ReferenceEquals(old.AccessToken, seen.AccessToken) || old.RefreshToken is null)
            {
                return Task.FromResult<MedatarunException?>(null);
            }

            // Not cancelled with the caller who began it: others wait, and the server may have changed the token already.
            return refreshing ??= Task.Run(
                () => RenewAsync(old, report => Tell(observe, report, cancellationToken)), CancellationToken.None);
        }
    }

    private async Task<MedatarunException?> RenewAsync(HeldTokens old, Action<RequestReport> observe)
    {
        var next = old with { RefreshAt = time.GetUtcNow() + Pause };
        try
        {
            next = await exchange.RefreshAsync(old, observe).ConfigureAwait(false);
            return null;
        }
        catch (MedatarunException refusal) when (refusal.Code == ProblemCatalogue.InvalidGrant.Code)
        {
            next = old with { RefreshToken = null };
            return SignInAgain(refusal);
        }
        catch (MedatarunException failure)
        {
            // The server may have answered and the answer been lost: the same refresh token gets the same answer for a while.
            return failure;
        }
        finally
        {
            lock (gate)
            {
                current = next;
                refreshing = null;
            }
        }
    }

    private static void Tell(Action<RequestReport>? observe, RequestReport report, CancellationToken cancellationToken)
    {
        if (!cancellationToken.IsCancellationRequested)
        {
            observe?.Invoke(report);
        }
    }

    private static MedatarunException SignInAgain(MedatarunException refusal) => new(new ProblemDocument
    {
        Code = ProblemCatalogue.TokenExpired.Code,
        Status = ProblemCatalogue.TokenExpired.Status,
        Detail = "The session is over: its token has expired, and the server does not renew it. Sign in again.",
        RequestId = refusal.RequestId,
    });
}
