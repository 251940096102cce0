using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Medatarun.Server.Passwords.Foreign;

/// <summary>ASP.NET Core Identity: base64 of a version byte and what belongs to it.</summary>
internal static class AspNetIdentityHash
{
    private const byte Version2 = 0;
    private const byte Version3 = 1;

    // Version 2: SHA-1, 1,000 iterations, 16 bytes of salt, 32 of hash, and nothing that says so.
    private const int Version2Iterations = 1_000;
    private const int Version2SaltBytes = 16;
    private const int Version2Bytes = 1 + Version2SaltBytes + 32;

    // Version 3: algorithm, iterations and length of the salt, four bytes each, the highest first.
    private const int Version3HeaderBytes = 13;

    /// <summary>Reads version 2 or 3; null when it is neither.</summary>
    public static PasswordHash? Parse(string text) => PasswordHash.TryDecode(text) switch
    {
        [Version2, ..] and { Length: Version2Bytes } bytes => new PasswordHash(
            HashAlgorithmName.SHA1, Version2Iterations, bytes[1..(1 + Version2SaltBytes)], bytes[(1 + Version2SaltBytes)..]),
        [Version3, ..] and { Length: > Version3HeaderBytes } bytes => ParseVersion3(bytes),
        _ => null,
    };

    private static PasswordHash? ParseVersion3(byte[] bytes)
    {
        HashAlgorithmName? algorithm = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(1)) switch
        {
            0 => HashAlgorithmName.SHA1,
            1 => HashAlgorithmName.SHA256,
            2 => HashAlgorithmName.SHA512,
            _ => null,
        };
        var iterations = (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(5)), int.MaxValue);
        var saltBytes = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(9));
        var rest = bytes[Version3HeaderBytes..];
        return algorithm is { } known && saltBytes < rest.Length
            ? new PasswordHash(known, iterations, rest[..(int)saltBytes], rest[(int)saltBytes..])
            : null;
    }
}
