using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Medatarun.Host.Configuration;

/// <summary>The proxies whose word about their clients is taken, as they are configured: addresses and networks, separated by commas.</summary>
internal static class ProxyList
{
    private const int IPv4Bits = 32;
    private const int IPv6Bits = 128;

    public static bool IsGood(string value) => value.Split(',').All(part => Parse(part) is not null);

    /// <summary>Reads a good value. A single address is a network of one.</summary>
    public static IReadOnlyList<IPNetwork> Read(string value) => [.. value.Split(',').Select(part => Parse(part)!.Value)];

    private static IPNetwork? Parse(string part)
    {
        var slash = part.IndexOf('/', StringComparison.Ordinal);
        var text = (slash < 0 ? part : part[..slash]).Trim();
        // '10' and '10.1' are addresses to the framework, and mistakes to everybody else.
        if (!IPAddress.TryParse(text, out var address) || (address.AddressFamily == AddressFamily.InterNetwork && text.Split('.').Length != 4))
        {
            return null;
        }

        var bits = address.AddressFamily == AddressFamily.InterNetwork ? IPv4Bits : IPv6Bits;
        var prefix = bits;
        return slash >= 0 && !int.TryParse(part[(slash + 1)..].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out prefix) ? null
            : prefix > bits ? null
            : IPNetwork.TryParse($"{address}/{prefix}", out var network) ? network
            : null;
    }
}
