using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace Medatarun.Server.Passwords.Lanes;

/// <summary>
/// All memory in which a set of lanes keeps secrets, in one piece: first what every lane needs until it is done, then what only the
/// loading of one needs.
/// </summary>
internal readonly ref struct LaneWorkspace
{
    /// <summary>How many vectors it takes.</summary>
    public const int Vectors = DigestBytesAt + 1;

    private const int OuterAt = LaneSha512.DigestWords;
    private const int DigestAt = OuterAt + LaneSha512.DigestWords;
    private const int ResultAt = DigestAt + LaneSha512.DigestWords;
    private const int ScratchAt = ResultAt + LaneSha512.DigestWords;
    private const int MidstateAt = ScratchAt + LaneSha512.BlockWords;
    private const int KeyBytesAt = MidstateAt + LaneSha512.DigestWords;
    private const int DigestBytesAt = KeyBytesAt + 2;

    private readonly Span<Vector512<ulong>> memory;

    /// <param name="memory">Zeros, but for what an earlier one of the same memory left.</param>
    public LaneWorkspace(Span<Vector512<ulong>> memory) => this.memory = memory[..Vectors];

    /// <summary>The state after the inner pad of HMAC.</summary>
    public Span<Vector512<ulong>> Inner => memory[..OuterAt];

    /// <summary>The state after the outer pad of HMAC.</summary>
    public Span<Vector512<ulong>> Outer => memory[OuterAt..DigestAt];

    /// <summary>U of the current iteration (RFC 8018 §5.2).</summary>
    public Span<Vector512<ulong>> Digest => memory[DigestAt..ResultAt];

    /// <summary>Every U until now, exclusive-or.</summary>
    public Span<Vector512<ulong>> Result => memory[ResultAt..ScratchAt];

    /// <summary>A block on its way into a midstate.</summary>
    public Span<Vector512<ulong>> Block => memory[ScratchAt..MidstateAt];

    /// <summary>The midstate on its way into its lane.</summary>
    public Span<Vector512<ulong>> Midstate => memory[MidstateAt..KeyBytesAt];

    /// <summary>The HMAC key of the lane that is being loaded, padded to a block.</summary>
    public Span<byte> KeyBytes => MemoryMarshal.AsBytes(memory[KeyBytesAt..DigestBytesAt]);

    /// <summary>The first U of the lane that is being loaded.</summary>
    public Span<byte> DigestBytes => MemoryMarshal.AsBytes(memory[DigestBytesAt..]);

    /// <summary>The same memory word by word: those of a vector lie beside each other, one of each lane.</summary>
    public static Span<ulong> WordsOf(Span<Vector512<ulong>> vectors) => MemoryMarshal.Cast<Vector512<ulong>, ulong>(vectors);

    /// <summary>Leaves zeros of what loading needed.</summary>
    public void ClearScratch() => CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(memory[ScratchAt..]));

    /// <summary>Leaves zeros of what one lane needed.</summary>
    public void ClearLane(int lane)
    {
        var words = WordsOf(memory[..ScratchAt]);
        for (var word = lane; word < words.Length; word += LaneKernel.Lanes)
        {
            words[word] = 0;
        }
    }

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
