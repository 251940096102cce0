using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Medatarun.Server.Passwords.Lanes;

/// <summary>
/// The compression that every iteration of PBKDF2 runs twice: the second and last block of an HMAC whose message is a digest.
/// Half of that block is padding and the same for ever, so that eight rounds take a constant for a word, and half of the
/// schedule's first step is worked out beforehand.
/// </summary>
/// <remarks>
/// State and schedule are 24 variables, which fit into the 32 registers of such a processor. For that the compiler has to
/// inline all of this into one method, and it has a budget for that: run the benchmark <c>lanes</c> after any change.
/// </remarks>
internal static class LanePaddedBlock
{
    // FIPS 180-4 §5.1.2: a set bit after the message, and at the end its length in bits: a pad of 128 bytes and a digest of 64.
    private const ulong EndMark = 0x8000000000000000;
    private const ulong Length = (128 + 64) * 8;

    // σ0 and σ1 of these two, with rotations written as shifts to stay constants. The other words of the padding are 0, and so are theirs.
    private const ulong Sigma0OfEndMark = (EndMark >> 1) ^ (EndMark >> 8) ^ (EndMark >> 7);
    private const ulong Sigma0OfLength = ((Length >> 1) | (Length << 63)) ^ ((Length >> 8) | (Length << 56)) ^ (Length >> 7);
    private const ulong Sigma1OfLength = ((Length >> 19) | (Length << 45)) ^ ((Length >> 61) | (Length << 3)) ^ (Length >> 6);

    /// <summary>Goes on from a midstate with a digest as the message.</summary>
    /// <param name="k"><see cref="LaneSha512.K"/>, which in a build without optimisation allocates whenever it is asked for.</param>
    /// <param name="midstate">8 words: the state after the pad.</param>
    /// <param name="digest">8 words, which become those of the new digest.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Compress(ReadOnlySpan<ulong> k, ReadOnlySpan<Vector512<ulong>> midstate, Span<Vector512<ulong>> digest)
    {
        var zero = Vector512<ulong>.Zero;
        var (a, b, c, d) = (midstate[0], midstate[1], midstate[2], midstate[3]);
        var (e, f, g, h) = (midstate[4], midstate[5], midstate[6], midstate[7]);
        var (w0, w1, w2, w3) = (digest[0], digest[1], digest[2], digest[3]);
        var (w4, w5, w6, w7) = (digest[4], digest[5], digest[6], digest[7]);

        EightRounds(ref a, ref b, ref c, ref d, ref e, ref f, ref g, ref h, k, w0, w1, w2, w3, w4, w5, w6, w7);
        EightRounds(
            ref a, ref b, ref c, ref d, ref e, ref f, ref g, ref h, k[8..],
            Vector512.Create(EndMark), zero, zero, zero, zero, zero, zero, Vector512.Create(Length));

        ExpandPadded(
            ref w0, ref w1, ref w2, ref w3, ref w4, ref w5, ref w6, ref w7,
            out var w8, out var w9, out var w10, out var w11, out var w12, out var w13, out var w14, out var w15);
        for (var t = LaneSha512.BlockWords; ; t += LaneSha512.BlockWords)
        {
            EightRounds(ref a, ref b, ref c, ref d, ref e, ref f, ref g, ref h, k[t..], w0, w1, w2, w3, w4, w5, w6, w7);
            EightRounds(ref a, ref b, ref c, ref d, ref e, ref f, ref g, ref h, k[(t + 8)..], w8, w9, w10, w11, w12, w13, w14, w15);
            if (t == LaneSha512.Rounds - LaneSha512.BlockWords)
            {
                break;
            }

            Expand(
                ref w0, ref w1, ref w2, ref w3, ref w4, ref w5, ref w6, ref w7,
                ref w8, ref w9, ref w10, ref w11, ref w12, ref w13, ref w14, ref w15);
        }

        (digest[0], digest[1], digest[2], digest[3]) = (midstate[0] + a, midstate[1] + b, midstate[2] + c, midstate[3] + d);
        (digest[4], digest[5], digest[6], digest[7]) = (midstate[4] + e, midstate[5] + f, midstate[6] + g, midstate[7] + h);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void EightRounds(
        ref Vector512<ulong> a, ref Vector512<ulong> b, ref Vector512<ulong> c, ref Vector512<ulong> d,
        ref Vector512<ulong> e, ref Vector512<ulong> f, ref Vector512<ulong> g, ref Vector512<ulong> h, ReadOnlySpan<ulong> k,
        Vector512<ulong> w0, Vector512<ulong> w1, Vector512<ulong> w2, Vector512<ulong> w3,
        Vector512<ulong> w4, Vector512<ulong> w5, Vector512<ulong> w6, Vector512<ulong> w7)
    {
        LaneSha512.Round(a, b, c, ref d, e, f, g, ref h, w0 + Vector512.Create(k[0]));
        LaneSha512.Round(h, a, b, ref c, d, e, f, ref g, w1 + Vector512.Create(k[1]));
        LaneSha512.Round(g, h, a, ref b, c, d, e, ref f, w2 + Vector512.Create(k[2]));
        LaneSha512.Round(f, g, h, ref a, b, c, d, ref e, w3 + Vector512.Create(k[3]));
        LaneSha512.Round(e, f, g, ref h, a, b, c, ref d, w4 + Vector512.Create(k[4]));
        LaneSha512.Round(d, e, f, ref g, h, a, b, ref c, w5 + Vector512.Create(k[5]));
        LaneSha512.Round(c, d, e, ref f, g, h, a, ref b, w6 + Vector512.Create(k[6]));
        LaneSha512.Round(b, c, d, ref e, f, g, h, ref a, w7 + Vector512.Create(k[7]));
    }

    /// <summary>Words 16 to 31 of the schedule, out of 8 words of the message; those of the padding are constants or nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ExpandPadded(
        ref Vector512<ulong> w0, ref Vector512<ulong> w1, ref Vector512<ulong> w2, ref Vector512<ulong> w3,
        ref Vector512<ulong> w4, ref Vector512<ulong> w5, ref Vector512<ulong> w6, ref Vector512<ulong> w7,
        out Vector512<ulong> w8, out Vector512<ulong> w9, out Vector512<ulong> w10, out Vector512<ulong> w11,
        out Vector512<ulong> w12, out Vector512<ulong> w13, out Vector512<ulong> w14, out Vector512<ulong> w15)
    {
        w0 += LaneSha512.SmallSigma0(w1);
        w1 += LaneSha512.SmallSigma0(w2) + Vector512.Create(Sigma1OfLength);
        w2 += LaneSha512.SmallSigma0(w3) + LaneSha512.SmallSigma1(w0);
        w3 += LaneSha512.SmallSigma0(w4) + LaneSha512.SmallSigma1(w1);
        w4 += LaneSha512.SmallSigma0(w5) + LaneSha512.SmallSigma1(w2);
        w5 += LaneSha512.SmallSigma0(w6) + LaneSha512.SmallSigma1(w3);
        w6 += LaneSha512.SmallSigma0(w7) + LaneSha512.SmallSigma1(w4) + Vector512.Create(Length);
        w7 += LaneSha512.SmallSigma1(w5) + w0 + Vector512.Create(Sigma0OfEndMark);
        w8 = LaneSha512.SmallSigma1(w6) + w1 + Vector512.Create(EndMark);
        w9 = LaneSha512.SmallSigma1(w7) + w2;
        w10 = LaneSha512.SmallSigma1(w8) + w3;
        w11 = LaneSha512.SmallSigma1(w9) + w4;
        w12 = LaneSha512.SmallSigma1(w10) + w5;
        w13 = LaneSha512.SmallSigma1(w11) + w6;
        w14 = LaneSha512.SmallSigma1(w12) + w7 + Vector512.Create(Sigma0OfLength);
        w15 = LaneSha512.SmallSigma1(w13) + w8 + LaneSha512.SmallSigma0(w0) + Vector512.Create(Length);
    }

    /// <summary>The next 16 words of the schedule, in the place of the last 16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Expand(
        ref Vector512<ulong> w0, ref Vector512<ulong> w1, ref Vector512<ulong> w2, ref Vector512<ulong> w3,
        ref Vector512<ulong> w4, ref Vector512<ulong> w5, ref Vector512<ulong> w6, ref Vector512<ulong> w7,
        ref Vector512<ulong> w8, ref Vector512<ulong> w9, ref Vector512<ulong> w10, ref Vector512<ulong> w11,
        ref Vector512<ulong> w12, ref Vector512<ulong> w13, ref Vector512<ulong> w14, ref Vector512<ulong> w15)
    {
        w0 += LaneSha512.SmallSigma0(w1) + w9 + LaneSha512.SmallSigma1(w14);
        w1 += LaneSha512.SmallSigma0(w2) + w10 + LaneSha512.SmallSigma1(w15);
        w2 += LaneSha512.SmallSigma0(w3) + w11 + LaneSha512.SmallSigma1(w0);
        w3 += LaneSha512.SmallSigma0(w4) + w12 + LaneSha512.SmallSigma1(w1);
        w4 += LaneSha512.SmallSigma0(w5) + w13 + LaneSha512.SmallSigma1(w2);
        w5 += LaneSha512.SmallSigma0(w6) + w14 + LaneSha512.SmallSigma1(w3);
        w6 += LaneSha512.SmallSigma0(w7) + w15 + LaneSha512.SmallSigma1(w4);
        w7 += LaneSha512.SmallSigma0(w8) + w0 + LaneSha512.SmallSigma1(w5);
        w8 += LaneSha512.SmallSigma0(w9) + w1 + LaneSha512.SmallSigma1(w6);
        w9 += LaneSha512.SmallSigma0(w10) + w2 + LaneSha512.SmallSigma1(w7);
        w10 += LaneSha512.SmallSigma0(w11) + w3 + LaneSha512.SmallSigma1(w8);
        w11 += LaneSha512.SmallSigma0(w12) + w4 + LaneSha512.SmallSigma1(w9);
        w12 += LaneSha512.SmallSigma0(w13) + w5 + LaneSha512.SmallSigma1(w10);
        w13 += LaneSha512.SmallSigma0(w14) + w6 + LaneSha512.SmallSigma1(w11);
        w14 += LaneSha512.SmallSigma0(w15) + w7 + LaneSha512.SmallSigma1(w12);
        w15 += LaneSha512.SmallSigma0(w0) + w8 + LaneSha512.SmallSigma1(w13);
    }
}
