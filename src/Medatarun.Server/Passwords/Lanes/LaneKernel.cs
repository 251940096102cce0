using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace Medatarun.Server.Passwords.Lanes;

/// <summary>
/// PBKDF2-HMAC-SHA512 (RFC 8018 §5.2) for up to eight passwords at once, each in a 64-bit lane of 512-bit vectors. The bytes are
/// those of <see cref="Rfc2898DeriveBytes"/>. Which lanes are used makes no difference to the time. Safe to call from any number
/// of threads. Why, and what to check in a review: docs/decisions/0010-lanes.md.
/// </summary>
/// <remarks>
/// The iterations have no branch and no look-up that depends on a password, a salt or what is derived from them, and allocate
/// nothing. Before them, a password longer than a block of 128 bytes takes one hash more, as HMAC says.
/// </remarks>
internal static class LaneKernel
{
    /// <summary>How many derivations fit into one pass.</summary>
    public const int Lanes = 8;

    /// <summary>
    /// Bytes derived from each password. That is one block of PBKDF2; a shorter hash is its beginning, a longer one cannot be had here.
    /// </summary>
    public const int HashBytes = LaneSha512.DigestWords * sizeof(ulong);

    /// <summary>
    /// From how many jobs that wait for one processor on a pass wins over the framework, one job after the other. A pass takes as
    /// long as 1.0 derivations of the framework where it was measured, so that a lone job has nothing to gain; and where a
    /// processor runs a 512-bit operation as two halves a pass takes longer than one derivation, but not as long as two.
    /// The benchmark <c>lanes</c> judges this figure on the machine it runs on.
    /// </summary>
    public const int BreakEven = 2;

    private const int BlockBytes = LaneSha512.BlockWords * sizeof(ulong);
    private const int MaxSaltBytesOnStack = 256;
    private const ulong InnerPad = 0x3636363636363636;
    private const ulong OuterPad = 0x5C5C5C5C5C5C5C5C;

    /// <summary>Whether this is the way to hash on this processor. Where it is not, the bytes are the same, and slow.</summary>
    public static bool IsSupported => Vector512.IsHardwareAccelerated;

    /// <summary>Derives the hashes of one to eight passwords. Nothing of them stays in memory, whether it returns or throws.</summary>
    /// <param name="inputs">1 to <see cref="Lanes"/> passwords, each with its salt.</param>
    /// <param name="iterations">The iteration count of them all, at least 1.</param>
    /// <param name="output"><see cref="HashBytes"/> for each input, in their order. Written at the end; untouched when this throws.</param>
    /// <exception cref="ArgumentException">There are no inputs, more than there are lanes, or the output has another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The iteration count is below 1.</exception>
    public static void Derive(ReadOnlySpan<LaneInput> inputs, int iterations, Span<byte> output)
    {
        Span<Vector512<ulong>> memory = stackalloc Vector512<ulong>[LaneWorkspace.Vectors];
        memory.Clear();
        Derive(inputs, iterations, output, memory);
    }

    /// <summary>The same in memory of the caller's, who sees that nothing is left there.</summary>
    public static void Derive(ReadOnlySpan<LaneInput> inputs, int iterations, Span<byte> output, Span<Vector512<ulong>> memory)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, 1);
        if (inputs.Length is < 1 or > Lanes)
        {
            throw new ArgumentException($"A pass takes 1 to {Lanes} inputs, not {inputs.Length}.", nameof(inputs));
        }

        if (output.Length != inputs.Length * HashBytes)
        {
            throw new ArgumentException($"The output takes {HashBytes} bytes for each input.", nameof(output));
        }

        var work = new LaneWorkspace(memory);
        try
        {
            for (var lane = 0; lane < inputs.Length; lane++)
            {
                Load(inputs[lane], lane, work);
            }

            PrepareMidstate(work.Key, InnerPad, work.Block, work.Inner);
            PrepareMidstate(work.Key, OuterPad, work.Block, work.Outer);
            work.Digest.CopyTo(work.Result);
            Iterate(work.Inner, work.Outer, work.Digest, work.Result, iterations);
            for (var lane = 0; lane < inputs.Length; lane++)
            {
                Gather(work.Result, lane, output.Slice(lane * HashBytes, HashBytes));
            }
        }
        finally
        {
            work.Clear();
        }
    }

    /// <summary>The key of a lane, and its first U, the only one with the salt in it. That one the framework computes.</summary>
    private static void Load(in LaneInput input, int lane, LaneWorkspace work)
    {
        work.KeyBytes.Clear();
        if (input.Password.Length > BlockBytes)
        {
            // RFC 2104 §2: a key longer than a block is hashed first.
            SHA512.HashData(input.Password.Span, work.KeyBytes);
        }
        else
        {
            input.Password.Span.CopyTo(work.KeyBytes);
        }

        var length = input.Salt.Length + sizeof(int);
        var message = length <= MaxSaltBytesOnStack ? stackalloc byte[length] : new byte[length];
        input.Salt.Span.CopyTo(message);
        // RFC 8018 §5.2: the number of the block, and this is the first.
        BinaryPrimitives.WriteInt32BigEndian(message[^sizeof(int)..], 1);
        HMACSHA512.HashData(work.KeyBytes, message, work.DigestBytes);
        Scatter(work.KeyBytes, lane, work.Key);
        Scatter(work.DigestBytes, lane, work.Digest);
    }

    /// <summary>The state after the first block of an HMAC, which depends on the password alone and therefore is computed once.</summary>
    private static void PrepareMidstate(
        ReadOnlySpan<Vector512<ulong>> key, ulong pad, Span<Vector512<ulong>> block, Span<Vector512<ulong>> midstate)
    {
        for (var word = 0; word < block.Length; word++)
        {
            block[word] = key[word] ^ Vector512.Create(pad);
        }

        LaneSha512.Start(midstate);
        LaneSha512.Compress(block, midstate);
    }

    // Optimised when first called, for a loop of seconds begins with that call.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Iterate(
        ReadOnlySpan<Vector512<ulong>> inner, ReadOnlySpan<Vector512<ulong>> outer,
        Span<Vector512<ulong>> digest, Span<Vector512<ulong>> result, int iterations)
    {
        var k = LaneSha512.K;
        for (var iteration = 1; iteration < iterations; iteration++)
        {
            LanePaddedBlock.Compress(k, inner, digest);
            LanePaddedBlock.Compress(k, outer, digest);
            for (var word = 0; word < LaneSha512.DigestWords; word++)
            {
                result[word] ^= digest[word];
            }
        }
    }

    private static void Scatter(ReadOnlySpan<byte> bytes, int lane, Span<Vector512<ulong>> vectors)
    {
        var words = MemoryMarshal.Cast<Vector512<ulong>, ulong>(vectors);
        for (var word = 0; word < vectors.Length; word++)
        {
            words[(word * Lanes) + lane] = BinaryPrimitives.ReadUInt64BigEndian(bytes[(word * sizeof(ulong))..]);
        }
    }

    private static void Gather(ReadOnlySpan<Vector512<ulong>> vectors, int lane, Span<byte> bytes)
    {
        var words = MemoryMarshal.Cast<Vector512<ulong>, ulong>(vectors);
        for (var word = 0; word < vectors.Length; word++)
        {
            BinaryPrimitives.WriteUInt64BigEndian(bytes[(word * sizeof(ulong))..], words[(word * Lanes) + lane]);
        }
    }
}
