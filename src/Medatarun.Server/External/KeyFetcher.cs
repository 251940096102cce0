using System.Net;
using System.Text.Json;

namespace Medatarun.Server.External;

/// <summary>
/// Fetches the keys of an issuer. What answers may be slow, huge or hostile: time, size, hops and what is read of the answer are
/// bounded here, and it is never asked for anything but an address that an administrator gave, or that the same authority named.
/// </summary>
internal sealed class KeyFetcher(HttpMessageHandler handler) : IDisposable
{
    /// <summary>How long all of it may take, discovery included.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>The most bytes of one document.</summary>
    public const int MaxBytes = 256 * 1024;

    private const int MaxRedirects = 3;

    private readonly HttpMessageInvoker http = new(handler, disposeHandler: true);

    /// <summary>What fetches for a server: no cookies, no redirects of its own, nothing unpacked.</summary>
    public static SocketsHttpHandler CreateHandler() => new()
    {
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = Timeout,
        MaxResponseHeadersLength = 16,
        MaxConnectionsPerServer = 4,
        // So that another address behind the same name is noticed.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        Proxy = new OutwardProxy(HttpClient.DefaultProxy),
    };

    /// <summary>The keys of an issuer as they are now, or why they cannot be had.</summary>
    public async Task<KeyFetch> FetchAsync(TrustedIssuer issuer)
    {
        using var timeout = new CancellationTokenSource(Timeout);
        try
        {
            var address = issuer.Jwks ?? await DiscoverAsync(issuer, timeout.Token);
            using var document = await GetAsync(address, timeout.Token);
            return new KeyFetch(IssuerKeySet.Read(document.RootElement), null);
        }
        catch (OperationCanceledException)
        {
            return new KeyFetch(null, $"There was no whole answer within {Timeout.TotalSeconds:0} seconds.");
        }
        catch (Exception exception) when (exception is KeyFetchException or HttpRequestException or IOException)
        {
            return new KeyFetch(null, exception.Message);
        }
    }

    public void Dispose() => http.Dispose();

    // OpenID Connect Discovery 1.0 §4.3: the document must name the issuer it was asked for, letter for letter.
    private async Task<string> DiscoverAsync(TrustedIssuer issuer, CancellationToken cancellationToken)
    {
        using var document = await GetAsync(KeyAddress.DiscoveryOf(issuer.Authority ?? ""), cancellationToken);
        return JsonText.Of(document.RootElement, "issuer") != issuer.Issuer
            ? throw new KeyFetchException("The discovery document names another issuer.")
            : JsonText.Of(document.RootElement, "jwks_uri") ?? throw new KeyFetchException("The discovery document names no 'jwks_uri'.");
    }

    private async Task<JsonDocument> GetAsync(string text, CancellationToken cancellationToken)
    {
        var address = KeyAddress.Parse(text) ?? throw new KeyFetchException("The address of the keys is neither https nor on this machine.");
        for (var redirects = 0; redirects <= MaxRedirects; redirects++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Accept.ParseAdd("application/json");
            request.Headers.Accept.ParseAdd("application/jwk-set+json");
            using var response = await http.SendAsync(request, cancellationToken);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                return StrictJson.Object(await ReadAsync(response.Content, cancellationToken))
                    ?? throw new KeyFetchException("The answer is no JSON object that can be read: malformed, too deep, or with a member twice.");
            }

            address = Redirected(address, response);
        }

        throw new KeyFetchException($"The answer leads on more than {MaxRedirects} times.");
    }

    private static Uri Redirected(Uri from, HttpResponseMessage response)
    {
        if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not { } location)
        {
            throw new KeyFetchException($"The answer has the status {(int)response.StatusCode}.");
        }

        // To another server, or from https to http, leads to nobody whom the administrator trusted.
        return Uri.TryCreate(from, location, out var to) && KeyAddress.IsAllowed(to) && KeyAddress.IsSameServer(from, to)
            ? to
            : throw new KeyFetchException("The answer leads to another server.");
    }

    private static async Task<byte[]> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var whole = new MemoryStream();
        var part = new byte[16 * 1024];
        while (await stream.ReadAsync(part, cancellationToken) is var read && read > 0)
        {
            // As it arrives, because a length that is declared need not be true.
            if (whole.Length + read > MaxBytes)
            {
                throw new KeyFetchException($"The answer is larger than {MaxBytes / 1024} KiB.");
            }

            whole.Write(part, 0, read);
        }

        return whole.ToArray();
    }
}
