using System.Buffers.Text;
using System.Security.Cryptography;

namespace Medatarun.Server;

/// <summary>Where randomness comes from. One source, so that tests can own it.</summary>
internal class RandomSource
{
    /// <summary>Fills a buffer from the system's cryptographic generator.</summary>
    public virtual void Fill(Span<byte> buffer) => RandomNumberGenerator.Fill(buffer);

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        Fill(bytes);
        return bytes;
    }

    public string Base64UrlText(int bytes) => Base64Url.EncodeToString(Bytes(bytes));
}
