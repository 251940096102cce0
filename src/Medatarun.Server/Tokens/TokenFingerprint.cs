using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Medatarun.Server.Tokens;

/// <summary>The SHA-256 of a token: what stands for it in memory, so that no token is kept.</summary>
internal readonly record struct TokenFingerprint(ulong A, ulong B, ulong C, ulong D)
{
    private const int MaxStackBytes = 2048;

    /// <summary>Half of it, as an id: as many bits as a random one, and found again with the same token.</summary>
    public Guid ToGuid() => new(MemoryMarshal.AsBytes<ulong>([A, B]));

    public static TokenFingerprint Of(string token)
    {
        var length = Encoding.UTF8.GetMaxByteCount(token.Length);
        Span<byte> bytes = length <= MaxStackBytes ? stackalloc byte[MaxStackBytes] : new byte[length];
        var written = Encoding.UTF8.GetBytes(token, bytes);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..written], hash);
        var words = MemoryMarshal.Cast<byte, ulong>(hash);
        return new TokenFingerprint(words[0], words[1], words[2], words[3]);
    }
}
