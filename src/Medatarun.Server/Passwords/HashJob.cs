using System.Security.Cryptography;

namespace Medatarun.Server.Passwords;

/// <summary>
/// One PBKDF2 computation that waits for its turn: data alone, so that a thread may take several and compute them side by side. Its
/// password is gone from memory as soon as nobody needs it.
/// </summary>
internal sealed class HashJob(byte[] password, byte[] salt, int iterations)
{
    private readonly TaskCompletionSource<byte[]> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The password's bytes. The job owns and clears them.</summary>
    public byte[] Password { get; } = password;

    public byte[] Salt { get; } = salt;

    public int Iterations { get; } = iterations;

    /// <summary>The hash inside the HMAC. Default: SHA-512, ours.</summary>
    public HashAlgorithmName Algorithm { get; init; } = HashAlgorithmName.SHA512;

    /// <summary>Whether lanes can compute it. What is of another algorithm or longer is the framework's.</summary>
    public bool FitsLanes => Algorithm == HashAlgorithmName.SHA512 && Output.Length == PasswordHash.HashBytes;

    /// <summary>Whether there is anything to compute. A job without iterations only takes its turn.</summary>
    public bool Computes => Iterations != 0;

    /// <summary>When it came into the queue, as a timestamp.</summary>
    public long QueuedAt { get; set; }

    /// <summary>How long it waited for its turn, once it had it.</summary>
    public TimeSpan Waited { get; set; }

    /// <summary>Where the hash goes.</summary>
    public byte[] Output { get; init; } = new byte[PasswordHash.HashBytes];

    /// <summary>The output, once it is there.</summary>
    public Task<byte[]> Task => completion.Task;

    /// <summary>The output is computed.</summary>
    public void Complete()
    {
        Forget();
        completion.SetResult(Output);
    }

    /// <summary>It could not be computed.</summary>
    public void Fail(Exception exception)
    {
        Forget();
        completion.SetException(exception);
    }

    /// <summary>Nobody waits for it any more, and it was not computed.</summary>
    public void Cancel(CancellationToken cancellationToken)
    {
        Forget();
        completion.SetCanceled(cancellationToken);
    }

    /// <summary>The password is not needed any more.</summary>
    public void Forget() => CryptographicOperations.ZeroMemory(Password);
}
