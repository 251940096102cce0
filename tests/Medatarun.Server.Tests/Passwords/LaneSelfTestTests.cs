using Medatarun.Server.Passwords.Lanes;

namespace Medatarun.Server.Tests.Passwords;

public sealed class LaneSelfTestTests
{
    public static TheoryData<int> EveryLane => [.. Enumerable.Range(0, LaneKernel.Lanes)];

    [Fact]
    public void The_lanes_pass_their_self_test_and_are_free_after_it()
    {
        var lanes = new LaneSet();

        Assert.True(LaneSelfTest.Passes(new RandomSource(), lanes));

        Assert.All(Enumerable.Range(0, LaneKernel.Lanes), lane => lanes.Load(lane, new LaneInput(default, default, 1)));
    }

    [Theory]
    [MemberData(nameof(EveryLane))]
    public void A_single_wrong_bit_in_one_lane_fails_it(int wrong) => Assert.False(Passes(new ChangedLanes
    {
        OnUnload = (lane, output) => output[^1] ^= (byte)(lane == wrong ? 1 : 0),
    }));

    [Theory]
    [MemberData(nameof(EveryLane))]
    public void A_number_of_used_lanes_that_comes_out_wrong_fails_it(int others)
    {
        var lanes = new ChangedLanes();
        lanes.OnUnload = (_, output) => output[0] ^= (byte)(lanes.Used == others + 1 ? 1 : 0);
        Assert.False(Passes(lanes));
    }

    [Theory]
    [MemberData(nameof(EveryLane))]
    public void Long_passwords_that_come_out_wrong_in_one_lane_fail_it(int wrong) => Assert.False(Passes(new ChangedLanes
    {
        OnLoad = (lane, input) => lane == wrong && input.Password.Length > 128 ? new LaneInput(input.Password[..128], input.Salt, input.Iterations) : input,
    }));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void An_iteration_that_is_left_out_fails_it(int from) => Assert.False(Passes(new ChangedLanes
    {
        OnLoad = (_, input) => input.Iterations > from ? new LaneInput(input.Password, input.Salt, input.Iterations - 1) : input,
    }));

    [Fact]
    public void An_iteration_more_for_those_that_find_others_on_their_way_fails_it()
    {
        var lanes = new ChangedLanes();
        lanes.OnLoad = (_, input) => lanes.Advanced ? new LaneInput(input.Password, input.Salt, input.Iterations + 1) : input;
        Assert.False(Passes(lanes));
    }

    private static bool Passes(ILaneSet lanes) => LaneSelfTest.Passes(new RandomSource(), lanes);
}
