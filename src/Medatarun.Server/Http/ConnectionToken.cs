using Medatarun.Server.Tokens;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Medatarun.Server.Http;

/// <summary>
/// The bearer token of a request, with its fingerprint. Kestrel gives the same text object for a header that repeats on a
/// connection; a client that keeps its connection open therefore pays for cutting and hashing its token once.
/// </summary>
internal static class ConnectionToken
{
    private const string Scheme = "Bearer ";

    private static readonly object Key = new();

    /// <summary>The token of the Authorization header, the only place where one is looked for; null without one.</summary>
    public static BearerToken? Read(HttpContext context)
    {
        var values = context.Request.Headers.Authorization;
        if (values.Count == 0)
        {
            return null;
        }

        var header = values.Count == 1 ? values[0] ?? "" : "";
        if (context.Features.Get<IConnectionItemsFeature>()?.Items is not { } items)
        {
            return Parse(header);
        }

        // The text is compared as an object: another header is never taken for this one.
        if (items.TryGetValue(Key, out var kept) && kept is Entry entry && ReferenceEquals(entry.Header, header))
        {
            return entry.Token;
        }

        var token = Parse(header);
        items[Key] = new Entry(header, token);
        return token;
    }

    // Anything that is no bearer token is a credential we do not accept, not the absence of one.
    private static BearerToken Parse(string header) =>
        new(header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : "");

    private sealed record Entry(string Header, BearerToken Token);
}
