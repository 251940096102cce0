using System.Security.Cryptography;
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

    private readonly PasswordHash dummy = new(iterations, random.Bytes(PasswordHash.SaltBytes), new byte[PasswordHash.HashBytes]);

    /// <summary>What is answered to whom the queue has no room for.</summary>
    public static Problem Busy { get; } = new(ProblemCatalogue.Throttled) { RetryAfter = TimeSpan.FromSeconds(5) };

    /// <summary>Whether a hash would be taken on at this moment.</summary>
    public bool HasRoom => queue.HasRoom;

    /// <summary>The stored form of a new password.</summary>
    public async Task<Outcome<string>> HashAsync(Secret password, CancellationToken cancellationToken)
    {
        var job = new HashJob(Encoding.UTF8.GetBytes(password.Reveal()), random.Bytes(PasswordHash.SaltBytes), iterations);
        return queue.TryRun(job, cancellationToken) is { } hash
            ? new PasswordHash(iterations, job.Salt, await hash).ToStored()
            : Busy;
    }

    /// <summary>
    /// Whether the password is the one that is stored. Without a stored one, a real hash is computed all the same, so
    /// that an unknown name takes as long as a known one.
    /// </summary>
    public async Task<Outcome<Verification>> VerifyAsync(Secret password, string? stored, CancellationToken cancellationToken)
    {
        var known = stored is null ? null : PasswordHash.Parse(stored);
        var against = known ?? dummy;
        var text = password.Reveal();
        var candidate = Encoding.UTF8.GetByteCount(text) > MaxPasswordBytes ? "" : text;
        var job = JobOf(Encoding.UTF8.GetBytes(candidate), against);
        return queue.TryRun(job, cancellationToken) is { } hash
            ? new Verification(against.Matches(await hash) & known is not null, job.Waited)
            : Busy;
    }

    /// <summary>Waits as long as a hash that was asked for now would, computes nothing and takes no room; returns how long that was.</summary>
    public async Task<TimeSpan> TakeTurnAsync()
    {
        var turn = new HashJob([], [], iterations: 0);
        await queue.TryRun(turn, CancellationToken.None)!;
        return turn.Waited;
    }

    /// <summary>
    /// Computes what a hash of fewer iterations saved, so that a wrong password takes as long for an account that was not signed
    /// in to since the iterations rose. Does nothing for all others. Returns how long it waited for its turn.
    /// </summary>
    public async Task<TimeSpan> MakeUpAsync(string? stored)
    {
        if (stored is null || PasswordHash.Parse(stored) is not { IsOwnForm: true } known || known.Iterations >= iterations)
        {
            return TimeSpan.Zero;
        }

        var job = new HashJob([], dummy.Salt, iterations - known.Iterations);
        if (queue.TryRun(job, CancellationToken.None) is { } hash)
        {
            await hash;
        }

        return job.Waited;
    }

    /// <summary>Whether a stored hash is weaker than new ones are, or not of the form that new ones have.</summary>
    public bool IsWeak(string stored) => PasswordHash.Parse(stored) is not { } hash || IsWeak(hash);

    /// <summary>Whether a hash is weaker than new ones are, or not of the form that new ones have.</summary>
    public bool IsWeak(PasswordHash hash) => !hash.IsOwnForm || hash.Iterations < iterations;

    /// <summary>Whether a stored hash is of a form that is not made here.</summary>
    public static bool IsForeign(string stored) => PasswordHash.Parse(stored) is { IsOwnForm: false };

    // SHA-512 gives its first 64 bytes in one block, however many are kept: the lanes can compute it, and more are cut off.
    private static HashJob JobOf(byte[] password, PasswordHash hash) => new(password, hash.Salt, hash.Iterations)
    {
        Algorithm = hash.Algorithm,
        Output = new byte[hash.Algorithm == HashAlgorithmName.SHA512 ? PasswordHash.HashBytes : hash.Hash.Length],
    };
}
