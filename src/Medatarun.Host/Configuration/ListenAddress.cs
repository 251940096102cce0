using System.Net;

namespace Medatarun.Host.Configuration;

/// <summary>Where the server listens, and how that address is written in a URL.</summary>
/// <param name="Host">As configured: an IP address, <c>localhost</c> or <c>*</c>.</param>
/// <param name="Port">0 for any free port.</param>
internal sealed record ListenAddress(string Host, int Port)
{
    private const string Localhost = "localhost";
    private const string Any = "*";

    public static bool IsGood(string host) => host is Localhost or Any || IPAddress.TryParse(host, out _);

    /// <summary>The address to bind. 'localhost' is IPv4's loopback: a free port can only be asked for on one address at a time.</summary>
    public IPAddress Address => Host switch
    {
        Localhost => IPAddress.Loopback,
        Any => IPAddress.IPv6Any,
        _ => IPAddress.Parse(Host),
    };

    /// <summary>The address as a URL that can be called from this machine.</summary>
    /// <param name="port">The port that was really bound.</param>
    public Uri ToUrl(int port)
    {
        var isAny = Address.Equals(IPAddress.Any) || Address.Equals(IPAddress.IPv6Any);
        // Without the slash at its end, which a Uri that was built has and a person does not write.
        return new Uri(new UriBuilder(Uri.UriSchemeHttp, isAny ? Localhost : Host, port).Uri.GetLeftPart(UriPartial.Authority));
    }

    /// <summary>The address for the log and for messages.</summary>
    public string ToText(int port) => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{port}" : $"{Host}:{port}";
}
