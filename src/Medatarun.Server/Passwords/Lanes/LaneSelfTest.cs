using System.Security.Cryptography;
using System.Text;

namespace Medatarun.Server.Passwords.Lanes;

/// <summary>
/// Whether lanes give, on this processor and from this compiler, the bytes that the framework gives: every kind of password in
/// every lane and every number of used lanes, with derivations that begin and end while others go on.
/// </summary>
internal static class LaneSelfTest
{
    // Around the block of 128 bytes, and around what a block has room for beside the padding. The last kind is a fixed one.
    private static readonly int[] PasswordLengths = [0, 1, 14, 63, 64, 111, 112, 127, 128, 129, 1024];

    private static int Kinds => PasswordLengths.Length + 1;

    /// <summary>Compares. Takes a few milliseconds, and a few more when the compiler has not met the lanes yet.</summary>
    /// <param name="random">Where passwords and salts come from, but for the fixed ones.</param>
    /// <param name="lanes">The lanes, all free.</param>
    /// <returns>False on any difference: the framework is to be used then.</returns>
    public static bool Passes(RandomSource random, ILaneSet lanes)
    {
        for (var kind = 0; kind < Kinds; kind++)
        {
            if (!Agrees(random, lanes, kind, LaneKernel.Lanes))
            {
                return false;
            }
        }

        for (var used = 1; used < LaneKernel.Lanes; used++)
        {
            if (!Agrees(random, lanes, used, used))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Agrees(RandomSource random, ILaneSet lanes, int firstKind, int used)
    {
        var agree = true;
        var inputs = Enumerable.Range(0, used).Select(lane => Input(random, (firstKind + lane) % Kinds, 2 + ((firstKind + lane) % 4))).ToArray();
        Span<byte> output = stackalloc byte[LaneKernel.HashBytes];
        for (var lane = 0; lane < used; lane++)
        {
            lanes.Load(lane, inputs[lane]);
            // Those that come later find others on their way.
            lanes.Advance(lane % 3 == 0 ? 1 : 0);
        }

        for (var left = used; left > 0; lanes.Advance(1))
        {
            for (var lane = 0; lane < used; lane++)
            {
                if (lanes.IsDone(lane))
                {
                    lanes.Unload(lane, output);
                    agree &= output.SequenceEqual(Reference(inputs[lane]));
                    left--;
                }
            }
        }

        return agree;
    }

    private static LaneInput Input(RandomSource random, int kind, int iterations) => kind < PasswordLengths.Length
        ? new LaneInput(random.Bytes(PasswordLengths[kind]), random.Bytes(PasswordHash.SaltBytes + kind), iterations)
        : new LaneInput(Encoding.ASCII.GetBytes("password"), Encoding.ASCII.GetBytes("salt"), iterations);

    private static byte[] Reference(LaneInput input) => Rfc2898DeriveBytes.Pbkdf2(
        input.Password.Span, input.Salt.Span, input.Iterations, HashAlgorithmName.SHA512, LaneKernel.HashBytes);
}
