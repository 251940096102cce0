using Medatarun.Contracts.Auth;

namespace Medatarun.Client;

/// <summary>Asks the server for the successors of tokens.</summary>
internal sealed class TokenExchange(Uri baseUrl, ConnectionOptions options)
{
    // The server repeats its answer to a used refresh token for 30 s. Two attempts have room in that.
    private static readonly TimeSpan LongestAttempt = TimeSpan.FromSeconds(10);

    private readonly MedatarunConnection server = new(
        baseUrl, options with { Timeout = options.Timeout < LongestAttempt ? options.Timeout : LongestAttempt });

    /// <summary>Exchanges a refresh token. An answer that was lost is asked for once more, since its token is of no use any more.</summary>
    /// <param name="old">The tokens until now.</param>
    /// <param name="observe">Told of each request.</param>
    /// <exception cref="MedatarunException"><c>invalid_grant</c>, or the server cannot be reached.</exception>
    public async Task<HeldTokens> RefreshAsync(HeldTokens old, Action<RequestReport>? observe)
    {
        try
        {
            return await RefreshOnceAsync(old, observe).ConfigureAwait(false);
        }
        catch (MedatarunException failure) when (failure.Code == ClientProblems.ServerUnreachable.Code
            || failure.Code == ClientProblems.RequestTimedOut.Code)
        {
            return await RefreshOnceAsync(old, observe).ConfigureAwait(false);
        }
    }

    private async Task<HeldTokens> RefreshOnceAsync(HeldTokens old, Action<RequestReport>? observe)
    {
        var request = new TokenRefreshRequest { RefreshToken = old.RefreshToken };
        var answer = await server.InvokeAsync(TokenOperations.TokenRefresh, request, observe).ConfigureAwait(false);
        var next = HeldTokens.Of(answer, options.TimeProvider.GetUtcNow());
        // RFC 6749 §6: a server that sends no other refresh token leaves the old one good.
        return next with { RefreshToken = next.RefreshToken ?? old.RefreshToken };
    }
}
