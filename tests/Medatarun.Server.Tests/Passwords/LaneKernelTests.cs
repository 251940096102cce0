using System.Runtime.Intrinsics;
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
        var inputs = Enumerable.Repeat(Input(password, salt), LaneKernel.Lanes).ToArray();

        var hashes = Derive(inputs, iterations).Chunk(LaneKernel.HashBytes).Select(Convert.ToHexString);

        Assert.All(hashes, one => Assert.Equal(hash, one));
    }

    [Fact]
    public void Thousands_of_random_cases_give_the_bytes_of_the_framework()
    {
        var differences = Enumerable.Range(0, 800).SelectMany(number => LaneSet.Create(Seed, number, maxIterations: 16).Differences());

        Assert.Empty(differences);
    }

    [Fact]
    public void Every_length_of_a_password_around_a_block_and_every_length_of_a_salt_is_right_in_every_lane()
    {
        var inputs = Enumerable.Range(0, 264).Select(length => new LaneInput(new byte[length], Filled(length))).ToArray();
        for (var shift = 0; shift < LaneKernel.Lanes; shift++)
        {
            var sets = inputs.Skip(shift).Concat(inputs.Take(shift)).Chunk(LaneKernel.Lanes);
            Assert.Empty(sets.SelectMany(set => new LaneSet(set, Iterations: 2).Differences()));
        }
    }

    [Fact]
    public void A_salt_of_any_length_will_do() =>
        Assert.Empty(new LaneSet([new LaneInput(Filled(20), Filled(5_000)), new LaneInput(Filled(20), default)], Iterations: 3).Differences());

    [Fact]
    public void The_neighbours_of_a_lane_make_no_difference_to_it()
    {
        var mine = Input("Right.password.1", "salt of mine");
        var alone = Derive([mine], 5);

        Assert.Equal(alone, Derive([Input("another", "salt of theirs"), mine, Input("", "")], 5)[LaneKernel.HashBytes..^LaneKernel.HashBytes]);
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
        var inputs = LaneSet.Create(Seed, 7, 1).Inputs;
        var output = new byte[inputs.Length * LaneKernel.HashBytes];
        Allocated(inputs, 1, output);

        // Before the first iteration, a build without optimisation allocates something for each table of constants.
        Assert.InRange(Allocated(inputs, 1, output), 0, 1_000);
        Assert.Equal(Allocated(inputs, 1, output), Allocated(inputs, 500, output));
    }

    [Fact]
    public void Nothing_secret_is_left_in_the_memory_it_worked_in()
    {
        var memory = new Vector512<ulong>[LaneWorkspace.Vectors];

        LaneKernel.Derive([Input("Right.password.1", "salt"), Input("another", "salt")], 3, new byte[2 * LaneKernel.HashBytes], memory);

        Assert.All(memory, vector => Assert.Equal(Vector512<ulong>.Zero, vector));
    }

    [Fact]
    public void Nothing_secret_is_left_when_it_fails_half_way_and_the_output_is_as_it_was()
    {
        using var unreadable = new UnreadableMemory();
        var memory = new Vector512<ulong>[LaneWorkspace.Vectors];
        var output = Filled(2 * LaneKernel.HashBytes);
        LaneInput[] inputs = [Input("Right.password.1", "salt"), new(unreadable.Of(12), Filled(16))];

        Assert.Throws<IOException>(() => LaneKernel.Derive(inputs, 3, output, memory));

        Assert.All(memory, vector => Assert.Equal(Vector512<ulong>.Zero, vector));
        Assert.Equal(Filled(2 * LaneKernel.HashBytes), output);
    }

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(9, 1, 9 * LaneKernel.HashBytes)]
    [InlineData(1, 0, LaneKernel.HashBytes)]
    [InlineData(1, -1, LaneKernel.HashBytes)]
    [InlineData(2, 1, LaneKernel.HashBytes)]
    [InlineData(1, 1, LaneKernel.HashBytes - 1)]
    public void What_does_not_fit_is_refused(int inputs, int iterations, int outputBytes) =>
        Assert.ThrowsAny<ArgumentException>(() => LaneKernel.Derive(new LaneInput[inputs], iterations, new byte[outputBytes]));

    private static byte[] Derive(LaneInput[] inputs, int iterations)
    {
        var output = new byte[inputs.Length * LaneKernel.HashBytes];
        LaneKernel.Derive(inputs, iterations, output);
        return output;
    }

    private static long Allocated(LaneInput[] inputs, int iterations, byte[] output)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        LaneKernel.Derive(inputs, iterations, output);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static LaneInput Input(string password, string salt) => new(Encoding.UTF8.GetBytes(password), Encoding.UTF8.GetBytes(salt));

    private static byte[] Filled(int count) => [.. Enumerable.Range(0, count).Select(number => (byte)number)];
}
