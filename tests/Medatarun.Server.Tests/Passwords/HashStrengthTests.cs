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
        await using var server = await TestServer.StartAsync(services: services => services.AddSingleton(new HashEngine(ErrInOneBit)));
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

    private static void ErrInOneBit(ReadOnlySpan<LaneInput> inputs, int iterations, Span<byte> output)
    {
        LaneKernel.Derive(inputs, iterations, output);
        output[^1] ^= 1;
    }
}
