using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Medatarun.Server.Tokens;

/// <summary>Tokens that were verified, by fingerprint, until they expire.</summary>
/// <param name="maxEntries">Beyond it the expired ones go, and if that is not enough, all: a signature is checked again.</param>
internal sealed class VerifiedTokens(int maxEntries)
{
    private readonly ConcurrentDictionary<TokenFingerprint, ValidatedToken> tokens = new();
    private int count;

    public bool TryFind(TokenFingerprint fingerprint, [NotNullWhen(true)] out ValidatedToken? token) =>
        tokens.TryGetValue(fingerprint, out token);

    public void Remember(TokenFingerprint fingerprint, ValidatedToken token, DateTimeOffset now)
    {
        if (!tokens.TryAdd(fingerprint, token))
        {
            tokens[fingerprint] = token;
        }
        // A count of our own: asking the dictionary locks all of it.
        else if (Interlocked.Increment(ref count) > maxEntries)
        {
            Shrink(now);
        }
    }

    public void Forget(TokenFingerprint fingerprint)
    {
        if (tokens.TryRemove(fingerprint, out _))
        {
            Interlocked.Decrement(ref count);
        }
    }

    private void Shrink(DateTimeOffset now)
    {
        foreach (var (fingerprint, token) in tokens)
        {
            if (token.ExpiresAt <= now)
            {
                tokens.TryRemove(fingerprint, out _);
            }
        }

        if (tokens.Count > maxEntries / 2)
        {
            tokens.Clear();
        }

        Volatile.Write(ref count, tokens.Count);
    }
}
