using System.Globalization;
using System.Net;
using Medatarun.Server.Guessing;
using Medatarun.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Medatarun.Server.Tests;

public sealed class SourceLimitTests
{
    private const string Somewhere = "192.0.2.1";

    private readonly TestClock clock = new();

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2::", "2001:db8:1:2::/64")]
    [InlineData("fe80::1%3", "fe80::/64")]
    [InlineData(null, null)]
    public void A_source_is_an_IPv4_address_or_the_64_network_of_an_IPv6_one(string? address, string? source) =>
        Assert.Equal(source, Source.Of(address is null ? null : IPAddress.Parse(address)));

    [Fact]
    public void A_source_may_fail_600_times_and_gets_one_back_every_two_seconds()
    {
        var limit = new SourceLimit(clock);
        Empty(limit, Somewhere);

        Assert.Equal(TimeSpan.FromSeconds(2), limit.Take(Somewhere).Problem!.RetryAfter);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.FromSeconds(1), limit.Take(Somewhere).Problem!.RetryAfter);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(limit.Take(Somewhere).Problem);
        Assert.NotNull(limit.Take(Somewhere).Problem);
        clock.Advance(TimeSpan.FromMinutes(20));
        Empty(limit, Somewhere);
    }

    [Fact]
    public void What_was_no_failure_is_given_back_once()
    {
        var limit = new SourceLimit(clock);
        Empty(limit, Somewhere, but: 1);
        limit.Take(Somewhere).Failed(out _, out var place);

        place!.GiveBack();
        place.GiveBack();

        Assert.Null(limit.Take(Somewhere).Problem);
        Assert.NotNull(limit.Take(Somewhere).Problem);
    }

    [Fact]
    public void Sources_do_not_fill_the_memory_and_the_worst_are_remembered()
    {
        var limit = new SourceLimit(clock);
        Empty(limit, Somewhere);
        for (var number = 0; number < 5 * SourceLimit.MaxSources; number++)
        {
            Assert.Null(limit.Take(number.ToString(CultureInfo.InvariantCulture)).Problem);
            Assert.True(limit.Count <= SourceLimit.MaxSources);
        }

        Assert.NotNull(limit.Take(Somewhere).Problem);
    }

    [Fact]
    public async Task A_source_that_failed_too_often_is_told_before_any_look_at_the_name()
    {
        var (server, _) = await TestServer.StartWithAdminAsync();
        await using var __ = server;
        Empty(server.Services.GetRequiredService<SourceLimit>(), Somewhere);
        var before = server.Hashes.Computed;

        foreach (var username in (string[])[TestServer.AdminName, "nobody"])
        {
            var answer = await server.From(Somewhere).CallAsync("login", new { username, password = TestServer.AdminPassword });
            answer.Refused(429, "throttled");
            Assert.Equal("Too many failed sign-ins came from your address.", answer.Detail);
            Assert.Equal("2", answer.Headers["Retry-After"]);
        }

        Assert.Equal(before, server.Hashes.Computed);
        Assert.Single(server.Log.Text.Split('\n'), line => line.Contains("Sign-ins are put off", StringComparison.Ordinal));
        Assert.Equal("0 1", Database.Text(server, "SELECT (SELECT COUNT(*) FROM sign_in_lanes) || ' ' || (SELECT COUNT(*) FROM audit_events)"));
        (await server.From("192.0.2.2").CallAsync("login", new { username = TestServer.AdminName, password = TestServer.AdminPassword })).Ok();
        server.Clock.Advance(TimeSpan.FromSeconds(2));
        (await server.From(Somewhere).CallAsync("login", new { username = TestServer.AdminName, password = TestServer.AdminPassword })).Ok();
        (await server.From(Somewhere).CallAsync("login", new { username = TestServer.AdminName, password = "wrong" })).Refused(401, "bad_credentials");
        (await server.From(Somewhere).CallAsync("login", new { username = TestServer.AdminName, password = "wrong" })).Refused(429, "throttled");
    }

    private static void Empty(SourceLimit limit, string source, int but = 0)
    {
        for (var i = 0; i < SourceLimit.Size - but; i++)
        {
            Assert.Null(limit.Take(source).Problem);
        }
    }
}
