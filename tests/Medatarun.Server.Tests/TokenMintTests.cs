using System.Text.Json;
using Medatarun.Server.Tests.Support;

namespace Medatarun.Server.Tests;

public sealed class TokenMintTests
{
    private const string Password = "Sunny.Day.0123456";

    [Theory]
    [InlineData(null, "User", false)]
    [InlineData("User", "User", false)]
    [InlineData("Operator", "Operator", true)]
    public async Task An_unknown_principal_becomes_a_service_account_of_that_type_whose_token_lives(string? type, string expected, bool mayDoEverything)
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;

        var minted = (await admin.CallAsync("token_mint", new { principal = "nightly_run", type })).Ok();

        var runner = server.As(minted.GetProperty("access_token").GetString()!);
        Assert.Equal(expected, (await runner.CallAsync("whoami")).Ok().GetProperty("type").GetString());
        Assert.Equal(mayDoEverything, (await runner.CallAsync("user_list")).Status == 200);
        var account = (await admin.CallAsync("service_account_list")).Ok().EnumerateArray().Single();
        Assert.Equal("nightly_run", account.GetProperty("subject").GetString());
        Assert.Equal("nightly run", account.GetProperty("fullname").GetString());
        Assert.Equal("admin", account.GetProperty("owner").GetString());
        Assert.Equal(minted.GetProperty("user").GetProperty("id").GetString(), account.GetProperty("id").GetString());
    }

    [Fact]
    public async Task The_answer_is_that_of_a_sign_in_for_people_and_service_accounts_alike()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        await admin.CreateUserAsync("john.doe", Password);
        (await admin.CallAsync("user_update", new { username = "john.doe", email = "john@example.com", role = "reader" })).Ok();
        (await admin.CallAsync("service_account_create", new { name = "runner", role = "reader" })).Ok();
        var signedIn = (await server.Anonymous.CallAsync("login", new { username = "john.doe", password = Password })).Ok();

        var answer = await admin.CallAsync("token_mint", new { principal = "john.doe" });
        var ofJohn = answer.Ok();
        var ofRunner = (await admin.CallAsync("token_mint", new { principal = "runner" })).Ok();

        Assert.Equal("no-store", answer.Headers["Cache-Control"]);
        Assert.Equal(Names(signedIn), Names(ofJohn));
        Assert.Equal(Names(signedIn), Names(ofRunner));
        Assert.Equal(signedIn.GetProperty("user").ToString(), ofJohn.GetProperty("user").ToString());
        Assert.Equal(Names(signedIn.GetProperty("user")), Names(ofRunner.GetProperty("user")));
        Assert.Equal(("runner", "reader"), (ofRunner.GetProperty("user").GetProperty("username").GetString(), ofRunner.GetProperty("role").GetString()));
        Assert.Equal(3600, ofRunner.GetProperty("expires_in").GetInt64());
        Assert.Equal(ofRunner.GetProperty("access_token").GetString(), ofRunner.GetProperty("token").GetString());
    }

    [Theory]
    [InlineData(60)]
    [InlineData(86_400)]
    [InlineData(31_536_000)]
    public async Task A_token_lives_as_long_as_was_asked_for_and_not_a_second_longer(int seconds)
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;

        var minted = (await admin.CallAsync("token_mint", new { principal = "runner", expires_in = seconds })).Ok();

        var runner = server.As(minted.GetProperty("token").GetString()!);
        Assert.Equal(seconds, minted.GetProperty("expires_in").GetInt64());
        server.Clock.Advance(TimeSpan.FromSeconds(seconds - 1));
        (await runner.CallAsync("whoami")).Ok();
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        (await runner.CallAsync("whoami")).Refused(401, "token_expired");
    }

    [Theory]
    [InlineData(59)]
    [InlineData(31_536_001)]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task A_lifetime_out_of_range_is_refused(int seconds)
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;

        (await admin.CallAsync("token_mint", new { principal = "runner", expires_in = seconds })).Refused(400, "invalid_request");
    }

    [Theory]
    [InlineData("user")]
    [InlineData("operator")]
    [InlineData("Admin")]
    [InlineData("Operator ")]
    [InlineData("")]
    public async Task A_type_is_User_or_Operator_and_nothing_else(string type)
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;

        var refused = (await admin.CallAsync("token_mint", new { principal = "runner", type })).Refused(400, "invalid_type");

        Assert.Equal("Invalid type. Must be 'User' or 'Operator'", refused.GetProperty("details").GetString());
        Assert.Equal(0, (await admin.CallAsync("service_account_list")).Ok().GetArrayLength());
    }

    public static TheoryData<string, string?, int, string?> Principals => new()
    {
        { "admin", null, 200, null },
        { "admin", "Operator", 200, null },
        { "admin", "User", 409, "principal_type_mismatch" },
        { "john.doe", null, 200, null },
        { "john.doe", "User", 200, null },
        { "john.doe", "Operator", 409, "principal_type_mismatch" },
        { "runner", null, 200, null },
        { "runner", "Operator", 409, "principal_type_mismatch" },
        { "disabled.user", null, 409, "principal_disabled" },
        { "disabled.user", "Operator", 409, "principal_disabled" },
        { "deleted.user", null, 409, "user_already_exists" },
        { "urn:medatarun:system", null, 400, "managed" },
        { "Not A Name", null, 400, "bad_username" },
        { "", null, 400, "invalid_request" },
    };

    [Theory]
    [MemberData(nameof(Principals))]
    public async Task A_token_is_for_whoever_it_says_or_for_nobody(string principal, string? type, int status, string? code)
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        foreach (var name in new[] { "john.doe", "disabled.user", "deleted.user" })
        {
            await admin.CreateUserAsync(name, Password);
        }

        (await admin.CallAsync("service_account_create", new { name = "runner" })).Ok();
        (await admin.CallAsync("user_disable", new { username = "disabled.user" })).Ok();
        (await admin.CallAsync("user_delete", new { username = "deleted.user" })).Ok();

        var answer = await admin.CallAsync("token_mint", new { principal, type });

        Assert.Equal((status, code), (answer.Status, answer.Code));
        if (status == 200)
        {
            var minted = server.As(answer.Json.GetProperty("token").GetString()!);
            Assert.Equal(principal, (await minted.CallAsync("whoami")).Ok().GetProperty("username").GetString());
        }

        Assert.Equal(1, (await admin.CallAsync("service_account_list")).Ok().GetArrayLength());
    }

    [Fact]
    public async Task Nobody_mints_for_whoever_holds_more_nor_makes_one_who_does()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        await admin.CreateUserAsync("john.doe", Password);
        await admin.CreateUserAsync("delegate", Password);
        await admin.GiveOwnRoleAsync("delegate", "token_manage");
        (await (await server.SignInAsync("john.doe", Password)).CallAsync("token_mint", new { principal = "john.doe" })).Refused(403, "permission_denied");
        var delegated = await server.SignInAsync("delegate", Password);

        (await delegated.CallAsync("token_mint", new { principal = "john.doe" })).Ok();
        (await delegated.CallAsync("token_mint", new { principal = "runner" })).Ok();
        (await delegated.CallAsync("token_mint", new { principal = "admin" })).Refused(403, "exceeds_authority");
        (await delegated.CallAsync("token_mint", new { principal = "admin", type = "User" })).Refused(403, "exceeds_authority");
        (await delegated.CallAsync("token_mint", new { principal = "mine", type = "Operator" })).Refused(403, "exceeds_authority");

        // Everybody new is given this, and it is more than the delegate holds.
        (await admin.CallAsync("role_update_autoassign", new { roleRef = "manager", value = true })).Ok();
        (await delegated.CallAsync("token_mint", new { principal = "mine" })).Refused(403, "exceeds_authority");
        Assert.Equal("runner", (await admin.CallAsync("service_account_list")).Ok().EnumerateArray().Single().GetProperty("subject").GetString());
        Assert.Equal("manager", (await admin.CallAsync("token_mint", new { principal = "mine" })).Ok().GetProperty("role").GetString());
    }

    [Fact]
    public async Task What_ends_a_sign_in_ends_a_minted_token()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        async Task<TestCaller> MintAsync() =>
            server.As((await admin.CallAsync("token_mint", new { principal = "runner" })).Ok().GetProperty("token").GetString()!);

        var signedOut = await MintAsync();
        (await signedOut.CallAsync("logout")).Ok();
        (await signedOut.CallAsync("whoami")).Refused(401, "invalid_token");
        var revoked = await MintAsync();
        (await admin.CallAsync("session_revoke_all", new { username = "runner" })).Ok();
        (await revoked.CallAsync("whoami")).Refused(401, "invalid_token");
        var disabled = await MintAsync();
        var id = (await disabled.CallAsync("whoami")).Ok().GetProperty("id").GetString();
        (await admin.CallAsync("actor_disable", new { actorId = id })).Ok();
        (await disabled.CallAsync("whoami")).Refused(401, "invalid_token");
    }

    [Fact]
    public async Task A_hundred_racing_calls_for_one_unknown_principal_make_one_service_account_and_a_hundred_good_tokens()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => admin.CallAsync("token_mint", new { principal = "runner", type = "Operator" })));

        var tokens = answers.Select(answer => answer.Ok().GetProperty("token").GetString()!).ToHashSet();
        Assert.Equal(100, tokens.Count);
        foreach (var whoami in await Task.WhenAll(tokens.Select(token => server.As(token).CallAsync("whoami"))))
        {
            Assert.Equal("runner", whoami.Ok().GetProperty("username").GetString());
        }

        Assert.Equal(1, (await admin.CallAsync("service_account_list")).Ok().GetArrayLength());
        Assert.Equal("100", Database.Text(server, "SELECT COUNT(*) FROM audit_events WHERE operation = 'auth/token_mint' AND target = 'runner' AND outcome = 'ok'"));
    }

    private static IEnumerable<string> Names(JsonElement json) => json.EnumerateObject().Select(member => member.Name);
}
