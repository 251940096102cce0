using System.Text;
using Medatarun.Contracts;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;

namespace Medatarun.Server.Passwords;

/// <summary>Hashes and verifies passwords through the bounded queue.</summary>
internal sealed class PasswordHasher(HashQueue queue, RandomSource random, int iterations)
{
    // Longer than any password that is stored: nothing is lost by refusing to hash it whole.
    private const int MaxPasswordBytes = 1024;

    private readonly PasswordHash dummy = new(iterations, random.Bytes(PasswordHash.SaltBytes), new byte[64]);

    /// <summary>The stored form of a new password.</summary>
    public async Task<Outcome<string>> HashAsync(Secret password, CancellationToken cancellationToken)
    {
        var salt = random.Bytes(PasswordHash.SaltBytes);
        return queue.TryRun(() => PasswordHash.Compute(password.Reveal(), salt, iterations), cancellationToken) is { } hash
            ? (await hash).ToStored()
            : Busy;
    }

    /// <summary>
    /// Whether the password is the one that is stored. Without a stored one, a real hash is computed all the same, so
    /// that an unknown name takes as long as a known one.
    /// </summary>
    public async Task<Outcome<bool>> VerifyAsync(Secret password, string? stored, CancellationToken cancellationToken)
    {
        var known = stored is null ? null : PasswordHash.Parse(stored);
        var text = password.Reveal();
        var candidate = Encoding.UTF8.GetByteCount(text) > MaxPasswordBytes ? "" : text;
        return queue.TryRun(() => (known ?? dummy).Matches(candidate) & known is not null, cancellationToken) is { } matches
            ? await matches
            : Busy;
    }

    /// <summary>Whether a stored hash is weaker than new ones are.</summary>
    public bool IsWeak(string stored) => PasswordHash.Parse(stored) is not { } hash || hash.Iterations < iterations;

    private static Problem Busy => new(ProblemCatalogue.Throttled) { RetryAfter = TimeSpan.FromSeconds(5) };
}
