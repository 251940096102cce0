using Medatarun.Client;
using Medatarun.Contracts.Auth;

namespace Medatarun.PowerShell.Connection;

/// <summary>
/// The process's default connection. This is the module's one mutable static: <c>ForEach-Object -Parallel</c> runs in other
/// runspaces of the process, and they must find what <c>Connect-Medatarun</c> left. The value is immutable and swapped whole.
/// </summary>
internal static class ConnectionStore
{
    private static MedatarunContext? current;

    /// <summary>What <c>Connect-Medatarun</c> kept; null when nothing.</summary>
    public static MedatarunContext? Current => Volatile.Read(ref current);

    public static void Keep(MedatarunContext context) => Volatile.Write(ref current, context);

    /// <summary>Forgets a connection, unless another one has taken its place meanwhile.</summary>
    /// <param name="context">The connection that was left.</param>
    public static void Forget(MedatarunContext context) => Interlocked.CompareExchange(ref current, null, context);

    /// <summary>The connection to use: the given one, else the kept one, else the environment's; null when there is none.</summary>
    /// <param name="given">What <c>-Connection</c> said.</param>
    /// <exception cref="MedatarunException">The environment names an address that is not allowed.</exception>
    public static MedatarunContext? Resolve(MedatarunContext? given) =>
        given ?? Current ?? (ServerAddress.SignedInByEnvironment() is { } client
            ? new MedatarunContext(client, ConnectionSource.Environment, who: null)
            : null);

    /// <summary>Asks the server whom a connection signs in, which also proves its token.</summary>
    /// <param name="client">The connection with the token.</param>
    /// <param name="source">Where it came from.</param>
    /// <param name="observe">Told of each request.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="MedatarunException">The token is refused, or the server cannot be reached.</exception>
    public static async Task<MedatarunContext> LookUpAsync(
        MedatarunConnection client, ConnectionSource source, Action<RequestReport> observe, CancellationToken cancellationToken)
    {
        var who = await client.InvokeAsync(AuthOperations.WhoAmI, new(), observe, cancellationToken).ConfigureAwait(false);
        return new MedatarunContext(client, source, who);
    }
}
