using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Medatarun.Server.Passwords.Lanes;

/// <summary>
/// What a set of lanes computes: eight PBKDF2-HMAC-SHA512 (RFC 8018 §5.2) at once, each in a 64-bit lane of 512-bit vectors.
/// </summary>
/// <remarks>
/// The iterations have no branch and no look-up that depends on a password, a salt or what is derived from them, and allocate
/// nothing. Before them, a password longer than a block of 128 bytes takes one hash more, as HMAC says.
/// </remarks>
internal static class LaneKernel
{
    /// <summary>How many derivations there is room for.</summary>
    public const int Lanes = 8;

    /// <summary>
    /// Bytes derived from each password. That is one block of PBKDF2; a shorter hash is its beginning, a longer one cannot be had here.
    /// </summary>
    public const int HashBytes = LaneSha512.DigestWords * sizeof(ulong);

    private const ulong InnerPad = 0x3636363636363636;
    private const ulong OuterPad = 0x5C5C5C5C5C5C5C5C;

    /// <summary>Whether this is the way to hash on this processor. Where it is not, the bytes are the same, and slow.</summary>
    public static bool IsSupported => Vector512.IsHardwareAccelerated;

    /// <summary>Puts a key and its first U into a lane, and touches no other.</summary>
    public static void Load(int lane, LaneWorkspace work)
    {
        PrepareMidstate(lane, InnerPad, work, work.Inner);
        PrepareMidstate(lane, OuterPad, work, work.Outer);
        Scatter(work.DigestBytes, lane, work.Digest);
        Scatter(work.DigestBytes, lane, work.Result);
    }

    /// <summary>Goes on by so many iterations in every lane, used or not. Optimised when first called, and not only after a while.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Iterate(LaneWorkspace work, int iterations)
    {
        var k = LaneSha512.K;
        var inner = work.Inner;
        var outer = work.Outer;
        var digest = work.Digest;
        var result = work.Result;
        for (; iterations > 0; iterations--)
        {
            LanePaddedBlock.Compress(k, inner, digest);
            LanePaddedBlock.Compress(k, outer, digest);
            for (var word = 0; word < LaneSha512.DigestWords; word++)
            {
                result[word] ^= digest[word];
            }
        }
    }

    /// <summary>Reads what is in one lane.</summary>
    public static void Gather(Span<Vector512<ulong>> vectors, int lane, Span<byte> bytes)
    {
        var words = LaneWorkspace.WordsOf(vectors);
        for (var word = 0; word < vectors.Length; word++)
        {
            BinaryPrimitives.WriteUInt64BigEndian(bytes[(word * sizeof(ulong))..], words[(word * Lanes) + lane]);
        }
    }

    /// <summary>The state after the first block of an HMAC, which depends on the password alone and therefore is computed once.</summary>
    private static void PrepareMidstate(int lane, ulong pad, LaneWorkspace work, Span<Vector512<ulong>> midstate)
    {
        for (var word = 0; word < LaneSha512.BlockWords; word++)
        {
            work.Block[word] = Vector512.Create(BinaryPrimitives.ReadUInt64BigEndian(work.KeyBytes[(word * sizeof(ulong))..]) ^ pad);
        }

        LaneSha512.Start(work.Midstate);
        LaneSha512.Compress(work.Block, work.Midstate);
        for (var word = 0; word < LaneSha512.DigestWords; word++)
        {
            LaneWorkspace.WordsOf(midstate)[(word * Lanes) + lane] = work.Midstate[word][lane];
        }
    }

    private static void Scatter(ReadOnlySpan<byte> bytes, int lane, Span<Vector512<ulong>> vectors)
    {
        var words = LaneWorkspace.WordsOf(vectors);
        for (var word = 0; word < vectors.Length; word++)
        {
            words[(word * Lanes) + lane] = BinaryPrimitives.ReadUInt64BigEndian(bytes[(word * sizeof(ulong))..]);
        }
    }
}
