using System.Buffers.Binary;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace Medatarun.Server.Passwords.Lanes;

/// <summary>
/// The lanes of <see cref="LaneKernel"/>, with how far each has come. The bytes are those of <see cref="Rfc2898DeriveBytes"/>. Which
/// lanes are used makes no difference to the time. Why, and what to check in a review: docs/decisions/0010-lanes.md.
/// </summary>
internal sealed class LaneSet : ILaneSet
{
    private const int Free = -1;
    private const int MaxSaltBytesOnStack = 256;

    private readonly Vector512<ulong>[] memory;

    // Iterations still to do, of each lane.
    private readonly int[] left = new int[LaneKernel.Lanes];

    // Pinned, because a collector that moves memory leaves a copy behind.
    public LaneSet()
        : this(GC.AllocateArray<Vector512<ulong>>(LaneWorkspace.Vectors, pinned: true))
    {
    }

    /// <summary>The same in memory of the caller's, who sees that nothing is left there.</summary>
    public LaneSet(Vector512<ulong>[] memory)
    {
        this.memory = memory;
        Array.Fill(left, Free);
    }

    private LaneWorkspace Work => new(memory);

    public void Load(int lane, in LaneInput input)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(input.Iterations, 1);
        if (left[lane] != Free)
        {
            throw new InvalidOperationException($"Lane {lane} is in use.");
        }

        var work = Work;
        try
        {
            PrepareKey(input.Password.Span, work.KeyBytes);
            ComputeFirst(work.KeyBytes, input.Salt.Span, work.DigestBytes);
            LaneKernel.Load(lane, work);
            left[lane] = input.Iterations - 1;
        }
        finally
        {
            work.ClearScratch();
        }
    }

    public void Advance(int iterations)
    {
        foreach (var count in left)
        {
            iterations = count == Free ? iterations : Math.Min(iterations, count);
        }

        LaneKernel.Iterate(Work, iterations);
        for (var lane = 0; lane < left.Length; lane++)
        {
            left[lane] -= left[lane] == Free ? 0 : iterations;
        }
    }

    public bool IsDone(int lane) => left[lane] == 0;

    public void Unload(int lane, Span<byte> output)
    {
        if (!IsDone(lane))
        {
            throw new InvalidOperationException($"Lane {lane} is not done.");
        }

        LaneKernel.Gather(Work.Result, lane, output);
        left[lane] = Free;
        Work.ClearLane(lane);
        // As long as others go on, the next iteration overwrites the registers; after the last one nobody would.
        if (Array.TrueForAll(left, count => count == Free))
        {
            Work.Clear();
        }
    }

    public void Clear()
    {
        Array.Fill(left, Free);
        Work.Clear();
    }

    // RFC 2104 §2: a key longer than a block is hashed first.
    private static void PrepareKey(ReadOnlySpan<byte> password, Span<byte> key)
    {
        if (password.Length > key.Length)
        {
            SHA512.HashData(password, key);
        }
        else
        {
            password.CopyTo(key);
        }
    }

    /// <summary>The first U, the only one with the salt in it. That one the framework computes.</summary>
    private static void ComputeFirst(ReadOnlySpan<byte> key, ReadOnlySpan<byte> salt, Span<byte> digest)
    {
        var length = salt.Length + sizeof(int);
        var message = length <= MaxSaltBytesOnStack ? stackalloc byte[length] : new byte[length];
        salt.CopyTo(message);
        // RFC 8018 §5.2: the number of the block, and this is the first.
        BinaryPrimitives.WriteInt32BigEndian(message[^sizeof(int)..], 1);
        HMACSHA512.HashData(key, message, digest);
    }
}
