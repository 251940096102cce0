using Medatarun.Contracts;

namespace Medatarun.Client.Import;

/// <summary>Sends with the connection's token, renewed when it must be.</summary>
/// <param name="send">Sends once, with the token of the moment.</param>
/// <param name="observe">Told of each request that is made.</param>
/// <param name="cancellationToken">Gives up.</param>
internal delegate Task<int> SendAuthorized(Func<Secret?, Task<int>> send, Action<RequestReport>? observe, CancellationToken cancellationToken);
