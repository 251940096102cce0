using System.Net;
using System.Net.Sockets;

namespace Medatarun.Server.Guessing;

/// <summary>Where somebody calls from, as far as it tells people apart: an IPv4 address, or the /64 of an IPv6 one.</summary>
internal static class Source
{
    private const int NetworkBytes = 8;

    /// <summary>The source of an address; null when the address is not known.</summary>
    public static string? Of(IPAddress? address)
    {
        if (address is null || address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address?.ToString();
        }

        // Whoever has one address of a /64 has all of them (RFC 6177).
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[NetworkBytes..].Clear();
        return $"{new IPAddress(bytes)}/64";
    }
}
