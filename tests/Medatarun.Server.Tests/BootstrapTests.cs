using Medatarun.Contracts;
using Medatarun.Server.Tests.Support;

namespace Medatarun.Server.Tests;

public sealed class BootstrapTests
{
    private static object Request(string secret, string username = "admin", string password = TestServer.AdminPassword) =>
        new { secret, username, fullname = "Administrator", password };

    [Fact]
    public async Task The_secret_makes_the_first_administrator_and_signs_them_in()
    {
        await using var server = await TestServer.StartAsync();

        var answer = await server.Anonymous.CallAsync("admin_bootstrap", Request(server.BootstrapSecret!.Reveal()));

        var signedIn = answer.Ok();
        Assert.Equal("no-store", answer.Headers["Cache-Control"]);
        Assert.Equal("Bearer", signedIn.GetProperty("token_type").GetString());
        Assert.Equal(signedIn.GetProperty("access_token").GetString(), signedIn.GetProperty("token").GetString());
        Assert.Equal("admin", signedIn.GetProperty("role").GetString());
        var whoami = (await server.As(signedIn.GetProperty("token").GetString()!).CallAsync("whoami")).Ok();
        Assert.Equal("Operator", whoami.GetProperty("type").GetString());
        Assert.True(whoami.GetProperty("admin").GetBoolean());
    }

    [Fact]
    public async Task A_generated_secret_has_48_bytes_of_base64url()
    {
        await using var server = await TestServer.StartAsync();

        Assert.Matches("^[A-Za-z0-9_-]{64}$", server.BootstrapSecret!.Reveal());
    }

    [Fact]
    public async Task A_wrong_secret_is_refused_and_does_not_use_up_the_right_one()
    {
        await using var server = await TestServer.StartAsync();

        var refusal = (await server.Anonymous.CallAsync("admin_bootstrap", Request("not-the-secret-of-this-start")))
            .Refused(401, "bad_bootstrap_secret");

        Assert.Equal("Bad bootstrap secret.", refusal.GetProperty("detail").GetString());
        await server.BootstrapAsync();
    }

    [Theory]
    [InlineData("Admin", TestServer.AdminPassword, "bad_username")]
    [InlineData("admin", "short", "bad_password")]
    public async Task A_refused_name_or_password_does_not_use_the_secret_up(string username, string password, string code)
    {
        await using var server = await TestServer.StartAsync();

        var answer = await server.Anonymous.CallAsync("admin_bootstrap", Request(server.BootstrapSecret!.Reveal(), username, password));

        answer.Refused(400, code);
        await server.BootstrapAsync();
    }

    [Fact]
    public async Task A_used_secret_is_gone_also_after_a_restart_with_the_same_configured_secret()
    {
        var folder = Directory.CreateTempSubdirectory("medatarun-test-").FullName;
        const string secret = "a-configured-secret-of-forty-characters!";
        void Configure(MedatarunServerOptions options) => options.BootstrapSecret = new Secret(secret);
        await using (var first = await TestServer.StartAsync(folder, configure: Configure))
        {
            (await first.Anonymous.CallAsync("admin_bootstrap", Request(secret))).Ok();
            var again = (await first.Anonymous.CallAsync("admin_bootstrap", Request(secret, "other"))).Refused(410, "bootstrap_already_consumed");
            Assert.Equal("Bootstrap already consumed.", again.GetProperty("detail").GetString());
        }

        await using (var second = await TestServer.StartAsync(folder, configure: Configure))
        {
            Assert.Null(second.BootstrapSecret);
            (await second.Anonymous.CallAsync("admin_bootstrap", Request(secret, "other"))).Refused(410, "bootstrap_already_consumed");
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Each_start_without_an_administrator_makes_another_secret()
    {
        var folder = Directory.CreateTempSubdirectory("medatarun-test-").FullName;
        string first;
        await using (var server = await TestServer.StartAsync(folder))
        {
            first = server.BootstrapSecret!.Reveal();
        }

        await using (var server = await TestServer.StartAsync(folder))
        {
            (await server.Anonymous.CallAsync("admin_bootstrap", Request(first))).Refused(401, "bad_bootstrap_secret");
            await server.BootstrapAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_hundred_racing_calls_make_exactly_one_administrator()
    {
        await using var server = await TestServer.StartAsync();
        var secret = server.BootstrapSecret!.Reveal();

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(number =>
            server.Anonymous.CallAsync("admin_bootstrap", Request(secret, $"admin{number}"))));

        var winner = Assert.Single(answers, answer => answer.Status == 200);
        Assert.All(answers.Where(answer => answer != winner), answer => answer.Refused(410, "bootstrap_already_consumed"));
        var users = (await server.As(winner.Json.GetProperty("token").GetString()!).CallAsync("user_list")).Ok();
        Assert.Equal(1, users.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task The_secret_cannot_be_used_to_sign_in()
    {
        await using var server = await TestServer.StartAsync();
        var secret = server.BootstrapSecret!.Reveal();

        (await server.Anonymous.CallAsync("login", new { username = "admin", password = secret })).Refused(401, "bad_credentials");
        (await server.As(secret).CallAsync("whoami")).Refused(401, "invalid_token");
    }

    [Fact]
    public async Task A_short_configured_secret_stops_the_start()
    {
        var failure = await Assert.ThrowsAsync<MedatarunStartException>(
            () => TestServer.StartAsync(configure: options => options.BootstrapSecret = new Secret("only-19-characters!")));

        Assert.Contains("at least 20 characters", failure.Message, StringComparison.Ordinal);
    }
}
