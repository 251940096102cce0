using System.Security.Cryptography;
using Medatarun.Server.Passwords.Lanes;

namespace Medatarun.Lanes;

/// <summary>Inputs that go through the lanes together.</summary>
internal sealed record LaneSet(LaneInput[] Inputs, int Iterations)
{
    private const int MaxPasswordBytes = 1024;
    private const int MinSaltBytes = 8;
    private const int MaxSaltBytes = 64;

    // Where HMAC and the padding of SHA-512 change their ways.
    private static readonly int[] EdgeLengths = [0, 1, 111, 112, 127, 128, 129, 255, 256, 1023, MaxPasswordBytes];

    /// <summary>A random set. With the numbers from 0 on, every number of used lanes comes up equally often.</summary>
    public static LaneSet Create(int seed, int number, int maxIterations)
    {
        var random = new Random(unchecked((seed * 1_000_003) + number));
        var inputs = Enumerable.Range(0, Used(number)).Select(_ => new LaneInput(
            Bytes(random, random.Next(4) == 0 ? EdgeLengths[random.Next(EdgeLengths.Length)] : random.Next(MaxPasswordBytes + 1)),
            Bytes(random, random.Next(MinSaltBytes, MaxSaltBytes + 1))));
        return new LaneSet([.. inputs], random.Next(1, maxIterations + 1));
    }

    /// <summary>How many lanes the set of this number uses.</summary>
    public static int Used(int number) => 1 + (number % LaneKernel.Lanes);

    /// <summary>What the lanes and the framework differ in, one sentence for each input.</summary>
    public IEnumerable<string> Differences()
    {
        var output = new byte[Inputs.Length * LaneKernel.HashBytes];
        LaneKernel.Derive(Inputs, Iterations, output);
        return Inputs.Select((input, lane) => Difference(input, lane, output)).OfType<string>();
    }

    private string? Difference(LaneInput input, int lane, byte[] output)
    {
        var derived = output.AsSpan(lane * LaneKernel.HashBytes, LaneKernel.HashBytes);
        var expected = Rfc2898DeriveBytes.Pbkdf2(
            input.Password.Span, input.Salt.Span, Iterations, HashAlgorithmName.SHA512, LaneKernel.HashBytes);
        return derived.SequenceEqual(expected) ? null :
            $"lane {lane} of {Inputs.Length} used, {Iterations} iterations, password {Convert.ToHexString(input.Password.Span)}, "
            + $"salt {Convert.ToHexString(input.Salt.Span)}: {Convert.ToHexString(derived)} instead of {Convert.ToHexString(expected)}";
    }

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
