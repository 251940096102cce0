using Medatarun.Server.Passwords;
using Medatarun.Server.Passwords.Lanes;
using Medatarun.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Medatarun.Server.Tests.Passwords;

public sealed class HashStrengthTests
{
    [Fact]
    public async Task Lanes_that_give_other_bytes_are_not_used_and_the_log_says_so()
    {
        await using var server = await TestServer.StartAsync(services: services => services.AddSingleton(new HashEngine(() => new ChangedLanes { OnUnload = (_, output) => output[^1] ^= 1 })));
        await server.BootstrapAsync();
        await ProvedAsync(server);

        Assert.Equal(1, server.Services.GetRequiredService<HashEngine>().Width);
        Assert.Equal(LaneKernel.IsSupported, server.Log.Text.Contains("gave other bytes than the framework", StringComparison.Ordinal));
        await server.SignInAsync(TestServer.AdminName, TestServer.AdminPassword);
    }

    [Theory]
    [InlineData(PasswordHashing.Auto)]
    [InlineData(PasswordHashing.Framework)]
    public async Task The_log_says_how_many_sign_ins_a_second_there_are_and_lanes_are_used_unless_they_are_switched_off(PasswordHashing hashing)
    {
        await using var server = await TestServer.StartAsync(configure: options => options.PasswordHashing = hashing);
        await ProvedAsync(server);

        var expected = hashing == PasswordHashing.Auto && LaneKernel.IsSupported ? LaneKernel.Lanes : 1;
        Assert.Equal(expected, server.Services.GetRequiredService<HashEngine>().Width);
        Assert.Contains("sign-ins a second", server.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_lanes_are_slow_a_lone_job_is_left_to_the_framework()
    {
        // Whatever else the machine does, that is longer than the framework takes for what is measured.
        await using var server = await TestServer.StartAsync(services: services => services.AddSingleton(
            new HashEngine(() => new ChangedLanes { OnAdvance = iterations => Thread.Sleep(iterations > 100 ? 50 : 0) })));
        await ProvedAsync(server);

        var engine = server.Services.GetRequiredService<HashEngine>();
        Assert.False(engine.TakesIntoLanes(1));
        Assert.Equal(LaneKernel.IsSupported, engine.TakesIntoLanes(2));
    }

    [Theory]
    [InlineData(100, 90, 1)]
    [InlineData(100, 105, 1)]
    [InlineData(100, 106, 2)]
    [InlineData(100, 190, 2)]
    public void A_lone_job_may_take_a_twentieth_longer_in_a_lane_than_by_the_framework(int framework, int lane, int breakEven) =>
        Assert.Equal(breakEven, HashStrength.BreakEven(TimeSpan.FromMilliseconds(framework), TimeSpan.FromMilliseconds(lane)));

    [Theory]
    [InlineData(219_999)]
    [InlineData(10_000_001)]
    public async Task A_strength_that_is_too_low_or_too_high_stops_the_start(int iterations)
    {
        var exception = await Assert.ThrowsAsync<MedatarunStartException>(() => TestServer.StartAsync(
            iterations: iterations, configure: options => options.AllowsWeakHashes = false));

        Assert.Contains("iterations", exception.Message, StringComparison.Ordinal);
    }

    private static Task ProvedAsync(TestServer server) =>
        server.Services.GetRequiredService<HashStrength>().StopAsync(CancellationToken.None);
}
