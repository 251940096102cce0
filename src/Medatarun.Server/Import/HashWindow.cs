using Medatarun.Server.Passwords.Lanes;

namespace Medatarun.Server.Import;

/// <summary>
/// How many passwords of all imports are hashed at a time: two sets of lanes for each processor. One set is computed while the next
/// waits, so that no processor does, and whoever signs in waits for one turn more and not for the file.
/// </summary>
/// <param name="size">How many.</param>
internal sealed class HashWindow(int size) : IDisposable
{
    private const int Sets = 2;
    private readonly SemaphoreSlim places = new(size);

    /// <summary>How many fit a server.</summary>
    public static int SizeFor(MedatarunServerOptions options) =>
        Sets * Math.Max(1, options.HashQueueWidth)
        * (options.PasswordHashing == PasswordHashing.Auto && LaneKernel.IsSupported ? LaneKernel.Lanes : 1);

    /// <summary>Waits for a place.</summary>
    public Task EnterAsync(CancellationToken cancellationToken) => places.WaitAsync(cancellationToken);

    /// <summary>Gives the place to the next.</summary>
    public void Leave() => places.Release();

    public void Dispose() => places.Dispose();
}
