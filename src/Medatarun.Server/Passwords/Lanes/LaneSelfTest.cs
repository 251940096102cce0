using System.Security.Cryptography;
using System.Text;

namespace Medatarun.Server.Passwords.Lanes;

/// <summary>
/// Whether the lanes give, on this processor and from this compiler, the bytes that the framework gives: every kind of
/// password in every lane, and every number of used lanes.
/// </summary>
internal static class LaneSelfTest
{
    // Around the block of 128 bytes, and around what a block has room for beside the padding. The last kind is a fixed one.
    private static readonly int[] PasswordLengths = [0, 1, 14, 63, 64, 111, 112, 127, 128, 129, 1024];

    private static int Kinds => PasswordLengths.Length + 1;

    /// <summary>Compares. Takes a few milliseconds, and a few more when the compiler has not met the lanes yet.</summary>
    /// <param name="random">Where passwords and salts come from, but for the fixed ones.</param>
    /// <returns>False on any difference: the framework is to be used then.</returns>
    public static bool Passes(RandomSource random) => Passes(random, LaneKernel.Derive);

    /// <summary>The same for anything that says it derives.</summary>
    public static bool Passes(RandomSource random, LaneDerivation derive)
    {
        for (var kind = 0; kind < Kinds; kind++)
        {
            if (!Agrees(random, derive, kind, LaneKernel.Lanes, iterations: 1 + (kind % 4)))
            {
                return false;
            }
        }

        for (var used = 1; used < LaneKernel.Lanes; used++)
        {
            if (!Agrees(random, derive, used, used, iterations: 3))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Agrees(RandomSource random, LaneDerivation derive, int firstKind, int used, int iterations)
    {
        var inputs = Enumerable.Range(firstKind, used).Select(kind => Input(random, kind % Kinds)).ToArray();
        var output = new byte[used * LaneKernel.HashBytes];
        derive(inputs, iterations, output);
        return output.AsSpan().SequenceEqual(inputs.SelectMany(input => Reference(input, iterations)).ToArray());
    }

    private static LaneInput Input(RandomSource random, int kind) => kind < PasswordLengths.Length
        ? new LaneInput(random.Bytes(PasswordLengths[kind]), random.Bytes(PasswordHash.SaltBytes + kind))
        : new LaneInput(Encoding.ASCII.GetBytes("password"), Encoding.ASCII.GetBytes("salt"));

    private static byte[] Reference(LaneInput input, int iterations) => Rfc2898DeriveBytes.Pbkdf2(
        input.Password.Span, input.Salt.Span, iterations, HashAlgorithmName.SHA512, LaneKernel.HashBytes);
}
