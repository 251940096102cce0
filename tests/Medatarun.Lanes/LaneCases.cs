using System.Security.Cryptography;
using Medatarun.Server.Passwords.Lanes;

namespace Medatarun.Lanes;

/// <summary>Derivations that go through a set of lanes, in whichever lane is free, at moments that the seed tells.</summary>
internal sealed record LaneCases(LaneInput[] Inputs, int Seed)
{
    private const int MaxPasswordBytes = 1024;
    private const int MinSaltBytes = 8;
    private const int MaxSaltBytes = 64;

    // Where HMAC and the padding of SHA-512 change their ways.
    private static readonly int[] EdgeLengths = [0, 1, 111, 112, 127, 128, 129, 255, 256, 1023, MaxPasswordBytes];

    /// <summary>Random ones, each with an iteration count of its own.</summary>
    public static LaneCases Create(int seed, int number, int maxIterations)
    {
        var own = unchecked((seed * 1_000_003) + number);
        var random = new Random(own);
        var inputs = Enumerable.Range(0, Count(number)).Select(_ => new LaneInput(
            Bytes(random, random.Next(4) == 0 ? EdgeLengths[random.Next(EdgeLengths.Length)] : random.Next(MaxPasswordBytes + 1)),
            Bytes(random, random.Next(MinSaltBytes, MaxSaltBytes + 1)),
            random.Next(1, maxIterations + 1)));
        return new LaneCases([.. inputs], own);
    }

    /// <summary>How many there are under this number: from one alone to so many that half of them wait for a lane.</summary>
    public static int Count(int number) => 1 + (number % (2 * LaneKernel.Lanes));

    /// <summary>What the lanes and the framework differ in, one sentence for each derivation.</summary>
    public IEnumerable<string> Differences()
    {
        var random = new Random(Seed);
        var mostAtOnce = Inputs.Max(input => input.Iterations);
        var lanes = new LaneSet();
        var inLane = new int?[LaneKernel.Lanes];
        var differences = new List<string>();
        for (var (next, left) = (0, Inputs.Length); left > 0;)
        {
            // Some begin now, others while those go on; nobody waits while no lane is used.
            while (next < Inputs.Length && inLane.Contains(null) && (Array.TrueForAll(inLane, one => one is null) || random.Next(2) == 0))
            {
                var lane = FreeLane(inLane, random);
                inLane[lane] = next;
                lanes.Load(lane, Inputs[next++]);
            }

            lanes.Advance(random.Next(1, mostAtOnce + 1));
            for (var lane = 0; lane < inLane.Length; lane++)
            {
                if (inLane[lane] is { } index && lanes.IsDone(lane))
                {
                    differences.AddRange(Difference(Inputs[index], lane, lanes));
                    inLane[lane] = null;
                    left--;
                }
            }
        }

        return differences;
    }

    private static int FreeLane(int?[] inLane, Random random)
    {
        var free = Enumerable.Range(0, inLane.Length).Where(lane => inLane[lane] is null).ToArray();
        return free[random.Next(free.Length)];
    }

    private IEnumerable<string> Difference(LaneInput input, int lane, LaneSet lanes)
    {
        var derived = new byte[LaneKernel.HashBytes];
        lanes.Unload(lane, derived);
        var expected = Rfc2898DeriveBytes.Pbkdf2(
            input.Password.Span, input.Salt.Span, input.Iterations, HashAlgorithmName.SHA512, LaneKernel.HashBytes);
        return derived.SequenceEqual(expected) ? [] :
        [
            $"one of {Inputs.Length} (seed {Seed}) in lane {lane}, {input.Iterations} iterations, password {Convert.ToHexString(input.Password.Span)}, "
            + $"salt {Convert.ToHexString(input.Salt.Span)}: {Convert.ToHexString(derived)} instead of {Convert.ToHexString(expected)}",
        ];
    }

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
