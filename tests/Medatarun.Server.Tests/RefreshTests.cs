using System.Text.Json;
using Medatarun.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using static Medatarun.Server.Tests.Support.Refreshing;

namespace Medatarun.Server.Tests;

public sealed class RefreshTests
{
    [Fact]
    public async Task A_refresh_token_is_given_to_who_asks_for_one_and_nobody_else()
    {
        var (server, _, john) = await StartAsync();
        await using var __ = server;

        Assert.StartsWith("mdr_", john.RefreshToken(), StringComparison.Ordinal);
        foreach (var request in new object[]
        {
            new { username = "john.doe", password = Password },
            new { username = "john.doe", password = Password, offline_access = false },
        })
        {
            Assert.False((await server.Anonymous.CallAsync("login", request)).Ok().TryGetProperty("refresh_token", out var _));
        }
    }

    [Fact]
    public async Task A_refresh_goes_on_with_the_session_and_the_old_access_token_stays_good_until_it_expires()
    {
        var (server, _, john) = await StartAsync();
        await using var __ = server;
        server.Clock.Advance(TimeSpan.FromMinutes(50));

        var answer = await server.RefreshAsync(john);

        var refreshed = answer.Ok();
        Assert.Equal("no-store", answer.Headers["Cache-Control"]);
        Assert.Equal(3600, refreshed.GetProperty("expires_in").GetInt64());
        Assert.NotEqual(john.RefreshToken(), refreshed.RefreshToken());
        var (before, after) = (new JsonWebToken(john.AccessToken()), new JsonWebToken(refreshed.AccessToken()));
        Assert.Equal(before.GetClaim("sid").Value, after.GetClaim("sid").Value);
        Assert.NotEqual(before.GetClaim("jti").Value, after.GetClaim("jti").Value);
        (await server.As(john).CallAsync("whoami")).Ok();
        server.Clock.Advance(TimeSpan.FromMinutes(10));
        (await server.As(john).CallAsync("whoami")).Refused(401, "token_expired");
        (await server.As(refreshed).CallAsync("whoami")).Ok();
        (await server.RefreshAsync(refreshed)).Ok();
    }

    [Fact]
    public async Task A_hundred_callers_with_one_token_get_one_answer_and_make_one_successor()
    {
        var (server, _, john) = await StartAsync();
        await using var __ = server;

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => server.RefreshAsync(john)));

        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        Assert.Single(answers.Select(answer => answer.Body).Distinct());
        Assert.Equal(("1", "1"), (Count(server, "used_at IS NULL"), Count(server, "used_at IS NOT NULL")));
        var refreshed = answers[0].Ok();
        (await server.As(refreshed).CallAsync("whoami")).Ok();
        Assert.Single((await server.As(refreshed).CallAsync("session_list")).Ok().GetProperty("items").EnumerateArray());
        (await server.RefreshAsync(refreshed)).Ok();
        Assert.Equal(101, Records(server).Count(record => record == "john.doe ok"));
    }

    [Fact]
    public async Task The_same_answer_is_found_after_a_restart()
    {
        var folder = Directory.CreateTempSubdirectory("medatarun-test-").FullName;
        TestAnswer first;
        JsonElement admin;
        await using (var server = await TestServer.StartAsync(folder))
        {
            await server.BootstrapAsync();
            admin = await server.SignInOfflineAsync(TestServer.AdminName, TestServer.AdminPassword);
            first = await server.RefreshAsync(admin);
        }

        await using (var server = await TestServer.StartAsync(folder))
        {
            Assert.Equal(first.Body, (await server.RefreshAsync(admin)).Body);
            (await server.RefreshAsync(first.Ok())).Ok();
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Within_the_grace_a_used_token_yields_the_same_answer_also_when_its_successor_is_used()
    {
        var (server, _, john) = await StartAsync();
        await using var __ = server;
        var first = await server.RefreshAsync(john);
        var second = (await server.RefreshAsync(first.Ok())).Ok();
        server.Clock.Advance(Grace - TimeSpan.FromMilliseconds(1));

        Assert.Equal(first.Body, (await server.RefreshAsync(john)).Body);

        (await server.RefreshAsync(second)).Ok();
    }

    [Fact]
    public async Task A_used_token_that_comes_back_after_the_grace_ends_the_session_and_is_recorded()
    {
        var (server, _, john) = await StartAsync();
        await using var __ = server;
        var elsewhere = await server.SignInOfflineAsync("john.doe", Password);
        var successor = (await server.RefreshAsync(john)).Ok();
        server.Clock.Advance(Grace);

        var reuse = await server.RefreshAsync(john);

        reuse.Refused(400, "invalid_grant");
        (await server.As(john).CallAsync("whoami")).Refused(401, "invalid_token");
        (await server.As(successor).CallAsync("whoami")).Refused(401, "invalid_token");
        var after = await server.RefreshAsync(successor);
        after.Refused(400, "invalid_grant");
        Assert.Equal(reuse.Detail, after.Detail);
        Assert.Equal(["john.doe ok", "john.doe refresh_token_reused", "john.doe invalid_grant"], Records(server));
        (await server.As(elsewhere).CallAsync("whoami")).Ok();
        (await server.RefreshAsync(elsewhere)).Ok();
    }

    [Fact]
    public async Task The_end_of_a_session_by_reuse_survives_a_restart()
    {
        var folder = Directory.CreateTempSubdirectory("medatarun-test-").FullName;
        JsonElement successor;
        await using (var server = await TestServer.StartAsync(folder))
        {
            await server.BootstrapAsync();
            var admin = await server.SignInOfflineAsync(TestServer.AdminName, TestServer.AdminPassword);
            successor = (await server.RefreshAsync(admin)).Ok();
            server.Clock.Advance(Grace);
            (await server.RefreshAsync(admin)).Refused(400, "invalid_grant");
        }

        await using (var server = await TestServer.StartAsync(folder))
        {
            (await server.RefreshAsync(successor)).Refused(400, "invalid_grant");
            (await server.As(successor).CallAsync("whoami")).Refused(401, "invalid_token");
        }

        Directory.Delete(folder, recursive: true);
    }
}
