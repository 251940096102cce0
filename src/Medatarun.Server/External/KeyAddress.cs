using System.Net;

namespace Medatarun.Server.External;

/// <summary>What addresses keys may be fetched from: https, or http on this machine, where nobody stands between.</summary>
internal static class KeyAddress
{
    /// <summary>The address of a text; null when keys may not be fetched from it.</summary>
    public static Uri? Parse(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && IsAllowed(address) ? address : null;

    /// <summary>Where an authority says what it is (OpenID Connect Discovery 1.0 §4).</summary>
    public static string DiscoveryOf(string authority) => authority.TrimEnd('/') + "/.well-known/openid-configuration";

    /// <summary>Whether keys may be fetched from an address.</summary>
    public static bool IsAllowed(Uri address) =>
        (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && IsThisMachine(address)))
        && address.UserInfo.Length == 0
        && address.Fragment.Length == 0;

    /// <summary>Whether two addresses are answered by the same server.</summary>
    public static bool IsSameServer(Uri one, Uri other) =>
        one.Scheme == other.Scheme && one.IdnHost.Equals(other.IdnHost, StringComparison.OrdinalIgnoreCase) && one.Port == other.Port;

    /// <summary>Whether an address is one of this machine by its text, without asking anybody.</summary>
    public static bool IsThisMachine(Uri address) =>
        address.IdnHost.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(address.IdnHost, out var ip) && IPAddress.IsLoopback(ip));
}
