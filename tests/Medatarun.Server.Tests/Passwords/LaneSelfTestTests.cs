using Medatarun.Server.Passwords.Lanes;

namespace Medatarun.Server.Tests.Passwords;

public sealed class LaneSelfTestTests
{
    public static TheoryData<int> EveryLane => [.. Enumerable.Range(0, LaneKernel.Lanes)];

    [Fact]
    public void The_lanes_pass_their_self_test() => Assert.True(LaneSelfTest.Passes(new RandomSource()));

    [Theory]
    [MemberData(nameof(EveryLane))]
    public void A_single_wrong_bit_in_one_lane_fails_it(int lane) =>
        Assert.False(LaneSelfTest.Passes(new RandomSource(), (inputs, iterations, output) =>
        {
            LaneKernel.Derive(inputs, iterations, output);
            if (inputs.Length == LaneKernel.Lanes)
            {
                output[((lane + 1) * LaneKernel.HashBytes) - 1] ^= 1;
            }
        }));

    [Theory]
    [MemberData(nameof(EveryLane))]
    public void A_number_of_used_lanes_that_comes_out_wrong_fails_it(int lane) =>
        Assert.False(LaneSelfTest.Passes(new RandomSource(), (inputs, iterations, output) =>
        {
            LaneKernel.Derive(inputs, iterations, output);
            output[0] ^= (byte)(inputs.Length == lane + 1 ? 1 : 0);
        }));

    [Theory]
    [MemberData(nameof(EveryLane))]
    public void Long_passwords_that_come_out_wrong_in_one_lane_fail_it(int lane) =>
        Assert.False(LaneSelfTest.Passes(new RandomSource(), (inputs, iterations, output) =>
        {
            LaneKernel.Derive(inputs, iterations, output);
            output[lane * LaneKernel.HashBytes % output.Length] ^= (byte)(lane < inputs.Length && inputs[lane].Password.Length > 128 ? 1 : 0);
        }));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void An_iteration_that_is_left_out_fails_it(int from) =>
        Assert.False(LaneSelfTest.Passes(new RandomSource(), (inputs, iterations, output) =>
            LaneKernel.Derive(inputs, iterations > from ? iterations - 1 : iterations, output)));
}
