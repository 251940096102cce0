using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using System.Text;
using Medatarun.Lanes;
using Medatarun.Server.Passwords.Lanes;

namespace Medatarun.Server.Tests.Passwords;

public sealed class LaneKernelTests
{
    private const int Seed = 20_261_122;

    [Theory]
    [InlineData(
        "password", "salt", 1,
        "867F70CF1ADE02CFF3752599A3A53DC4AF34C7A669815AE5D513554E1C8CF252C02D470A285A0501BAD999BFE943C08F050235D7D68B1DA55E63F73B60A57FCE")]
    [InlineData(
        "password", "salt", 2,
        "E1D9C16AA681708A45F5C7C4E215CEB66E011A2E9F0040713F18AEFDB866D53CF76CAB2868A39B9F7840EDCE4FEF5A82BE67335C77A6068E04112754F27CCF4E")]
    [InlineData(
        "password", "salt", 4096,
        "D197B1B33DB0143E018B12F3D1D1479E6CDEBDCC97C5C0F87F6902E072F457B5143F30602641B3D55CD335988CB36B84376060ECD532E039B742A239434AF2D5")]
    [InlineData(
        "passwordPASSWORDpassword", "saltSALTsaltSALTsaltSALTsaltSALTsalt", 4096,
        "8C0511F4C6E597C6AC6315D8F0362E225F3C501495BA23B868C005174DC4EE71115B59F9E60CD9532FA33E0F75AEFE30225C583A186CD82BD4DAEA9724A3D3B8")]
    public void The_published_vectors_come_out_of_every_lane(string password, string salt, int iterations, string hash)
    {
        var hashes = Derive([.. Enumerable.Repeat(Input(password, salt, iterations), LaneKernel.Lanes)]).Select(Convert.ToHexString);

        Assert.All(hashes, one => Assert.Equal(hash, one));
    }

    [Fact]
    public void Thousands_of_random_cases_that_begin_and_end_at_different_moments_give_the_bytes_of_the_framework()
    {
        var differences = Enumerable.Range(0, 600).SelectMany(number => LaneCases.Create(Seed, number, maxIterations: 16).Differences());

        Assert.Empty(differences);
    }

    [Fact]
    public void Every_length_of_a_password_around_a_block_and_every_length_of_a_salt_is_right_in_every_lane()
    {
        var inputs = Enumerable.Range(0, 264).Select(length => new LaneInput(new byte[length], Filled(length), 1 + (length % 3))).ToArray();
        for (var shift = 0; shift < LaneKernel.Lanes; shift++)
        {
            Assert.All(inputs.Skip(shift).Concat(inputs.Take(shift)).Chunk(LaneKernel.Lanes), set => Assert.Equal(set.Select(Reference), Derive(set)));
        }
    }

    [Fact]
    public void A_salt_of_any_length_will_do()
    {
        LaneInput[] inputs = [new(Filled(20), Filled(5_000), 3), new(Filled(20), default, 3)];

        Assert.Equal(inputs.Select(Reference), Derive(inputs));
    }

    [Fact]
    public void The_neighbours_of_a_lane_make_no_difference_to_it()
    {
        var mine = Input("Right.password.1", "salt of mine", 5);

        Assert.Equal(Derive([mine])[0], Derive([Input("another", "salt of theirs", 7), mine, Input("", "", 2)])[1]);
    }

    [Theory]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public void A_processor_without_wide_vectors_gives_the_same_bytes(string feature)
    {
        var (exitCode, output) = LanesProgram.Run(feature, "--rounds", "36", "--iterations", "4", "--seed", "1");

        Assert.Contains("512-bit vectors: no", output, StringComparison.Ordinal);
        Assert.Contains("0 differences from the framework", output, StringComparison.Ordinal);
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public void Iterations_allocate_nothing()
    {
        var lanes = new LaneSet();
        for (var lane = 0; lane < LaneKernel.Lanes; lane++)
        {
            lanes.Load(lane, Input("Right.password.1", "salt", 10_000));
        }

        lanes.Advance(1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        lanes.Advance(500);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Nothing_secret_is_left_of_whoever_is_done_while_others_go_on_and_nothing_at_all_after_the_last()
    {
        var memory = new Vector512<ulong>[LaneWorkspace.Vectors];
        var lanes = new LaneSet(memory);
        lanes.Load(2, Input("Right.password.1", "salt", 3));
        lanes.Load(5, Input("another", "salt", 4));
        lanes.Advance(100);
        lanes.Unload(2, new byte[LaneKernel.HashBytes]);

        Assert.All(memory, vector => Assert.Equal(0UL, vector[2]));
        Assert.Contains(memory, vector => vector[5] != 0);
        lanes.Advance(100);
        lanes.Unload(5, new byte[LaneKernel.HashBytes]);
        Assert.All(memory, vector => Assert.Equal(Vector512<ulong>.Zero, vector));
    }

    [Fact]
    public void Nothing_is_left_of_what_is_given_up()
    {
        var memory = new Vector512<ulong>[LaneWorkspace.Vectors];
        var lanes = new LaneSet(memory);
        lanes.Load(0, Input("Right.password.1", "salt", 3));

        lanes.Clear();

        Assert.All(memory, vector => Assert.Equal(Vector512<ulong>.Zero, vector));
        lanes.Load(0, Input("Right.password.1", "salt", 3));
    }

    [Fact]
    public void What_fails_half_way_leaves_nothing_secret_and_the_others_as_they_were()
    {
        using var unreadable = new UnreadableMemory();
        var memory = new Vector512<ulong>[LaneWorkspace.Vectors];
        var lanes = new LaneSet(memory);
        var other = Input("another", "salt", 3);
        lanes.Load(1, other);
        var before = memory.ToArray();

        Assert.Throws<IOException>(() => lanes.Load(0, new LaneInput(Filled(16), unreadable.Of(12), 3)));

        Assert.Equal(before, memory);
        Assert.False(lanes.IsDone(0));
        lanes.Advance(100);
        var hash = new byte[LaneKernel.HashBytes];
        lanes.Unload(1, hash);
        Assert.Equal(Reference(other), hash);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Less_than_one_iteration_is_refused(int iterations) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new LaneSet().Load(0, new LaneInput(default, default, iterations)));

    [Fact]
    public void A_lane_takes_nobody_before_whoever_is_in_it_has_left_and_lets_nobody_leave_before_the_end()
    {
        var lanes = new LaneSet();
        Assert.Throws<InvalidOperationException>(() => lanes.Unload(0, new byte[LaneKernel.HashBytes]));
        lanes.Load(0, Input("Right.password.1", "salt", 3));
        Assert.Throws<InvalidOperationException>(() => lanes.Load(0, Input("another", "salt", 3)));
        lanes.Advance(1);
        Assert.Throws<InvalidOperationException>(() => lanes.Unload(0, new byte[LaneKernel.HashBytes]));
        lanes.Advance(1);
        lanes.Unload(0, new byte[LaneKernel.HashBytes]);
    }

    private static byte[][] Derive(LaneInput[] inputs)
    {
        var lanes = new LaneSet();
        for (var lane = 0; lane < inputs.Length; lane++)
        {
            lanes.Load(lane, inputs[lane]);
        }

        var hashes = new byte[inputs.Length][];
        while (Array.Exists(hashes, hash => hash is null))
        {
            lanes.Advance(int.MaxValue);
            for (var lane = 0; lane < inputs.Length; lane++)
            {
                if (lanes.IsDone(lane))
                {
                    lanes.Unload(lane, hashes[lane] = new byte[LaneKernel.HashBytes]);
                }
            }
        }

        return hashes;
    }

    private static byte[] Reference(LaneInput input) => Rfc2898DeriveBytes.Pbkdf2(
        input.Password.Span, input.Salt.Span, input.Iterations, HashAlgorithmName.SHA512, LaneKernel.HashBytes);

    private static LaneInput Input(string password, string salt, int iterations) =>
        new(Encoding.UTF8.GetBytes(password), Encoding.UTF8.GetBytes(salt), iterations);

    private static byte[] Filled(int count) => [.. Enumerable.Range(0, count).Select(number => (byte)number)];
}
