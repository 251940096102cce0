using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace Medatarun.Server.Passwords.Lanes;

/// <summary>All memory in which a derivation keeps secrets, in one piece, so that one call clears it.</summary>
internal readonly ref struct LaneWorkspace
{
    /// <summary>How many vectors it takes.</summary>
    public const int Vectors = DigestBytesAt + 1;

    private const int BlockAt = LaneSha512.BlockWords;
    private const int InnerAt = BlockAt + LaneSha512.BlockWords;
    private const int OuterAt = InnerAt + LaneSha512.DigestWords;
    private const int DigestAt = OuterAt + LaneSha512.DigestWords;
    private const int ResultAt = DigestAt + LaneSha512.DigestWords;
    private const int KeyBytesAt = ResultAt + LaneSha512.DigestWords;
    private const int DigestBytesAt = KeyBytesAt + 2;

    private readonly Span<Vector512<ulong>> memory;

    /// <param name="memory">Zeros.</param>
    public LaneWorkspace(Span<Vector512<ulong>> memory) => this.memory = memory[..Vectors];

    /// <summary>The HMAC key of each lane, padded to a block.</summary>
    public Span<Vector512<ulong>> Key => memory[..BlockAt];

    /// <summary>A block on its way into a midstate.</summary>
    public Span<Vector512<ulong>> Block => memory[BlockAt..InnerAt];

    /// <summary>The state after the inner pad of HMAC.</summary>
    public Span<Vector512<ulong>> Inner => memory[InnerAt..OuterAt];

    /// <summary>The state after the outer pad of HMAC.</summary>
    public Span<Vector512<ulong>> Outer => memory[OuterAt..DigestAt];

    /// <summary>U of the current iteration (RFC 8018 §5.2).</summary>
    public Span<Vector512<ulong>> Digest => memory[DigestAt..ResultAt];

    /// <summary>Every U until now, exclusive-or.</summary>
    public Span<Vector512<ulong>> Result => memory[ResultAt..KeyBytesAt];

    /// <summary>The padded key of the lane that is being loaded.</summary>
    public Span<byte> KeyBytes => MemoryMarshal.AsBytes(memory[KeyBytesAt..DigestBytesAt]);

    /// <summary>The first U of the lane that is being loaded.</summary>
    public Span<byte> DigestBytes => MemoryMarshal.AsBytes(memory[DigestBytesAt..]);

    /// <summary>Leaves zeros, and nothing of the passwords in the registers either.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Clear()
    {
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(memory));
        // What the compiler keeps in registers and spills to the stack is its own affair: the same code over zeros overwrites it.
        LanePaddedBlock.Compress(LaneSha512.K, Inner, Digest);
        Digest.Clear();
    }
}
