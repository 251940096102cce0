using System.Collections.Concurrent;
using Medatarun.Server.Audit;
using Medatarun.Server.Storage;
using Microsoft.Extensions.Logging;

namespace Medatarun.Server.External;

/// <summary>
/// The keys of trusted issuers, fetched when they are needed. A change to an issuer makes a new version of it, whose keys are fetched
/// anew: so an administrator gets rid of old ones before their time.
/// </summary>
internal sealed partial class IssuerKeys(
    KeyFetcher fetcher, StoreHolder store, MedatarunServerOptions options, TimeProvider time, ILogger<IssuerKeys> log)
{
    private const int MaxLoggedText = 300;

    private readonly ConcurrentDictionary<Guid, HeldKeys> byVersion = new();

    /// <summary>The keys of an issuer, for a token that names one of them, or none.</summary>
    public ValueTask<KeyLookup> FindAsync(TrustedIssuer issuer, string? id, string algorithm) =>
        (byVersion.TryGetValue(issuer.Version, out var held) ? held : Add(issuer)).FindAsync(id, algorithm);

    private HeldKeys Add(TrustedIssuer issuer)
    {
        // Once a version: what is kept is as much as there are issuers.
        var stored = store.Current.Read(TrustedIssuerQueries.List).Select(one => one.Version).ToHashSet();
        foreach (var gone in byVersion.Keys.Where(version => !stored.Contains(version)))
        {
            byVersion.TryRemove(gone, out _);
        }

        return byVersion.GetOrAdd(issuer.Version, _ => new HeldKeys(() => FetchAsync(issuer), options.JwksCacheDuration, time));
    }

    private async Task<KeyFetch> FetchAsync(TrustedIssuer issuer)
    {
        var result = await fetcher.FetchAsync(issuer);
        if (result.Failure is { } failure)
        {
            LogFailure(issuer.Name, VisibleText.Of(failure, MaxLoggedText));
        }

        return result;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The keys of the trusted issuer {Name} cannot be fetched: {Failure}")]
    private partial void LogFailure(string name, string failure);
}
