using System.Globalization;
using System.Text.Json;
using Medatarun.Server.Access;
using Medatarun.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Medatarun.Server.Tests;

public sealed class ApiTokenTests
{
    private const string Password = "Sunny.Day.0123456";

    [Fact]
    public async Task An_API_token_says_who_its_owner_is_and_is_refused_from_the_next_request_on_once_it_is_revoked()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        var john = await UserAsync(server, admin, "john.doe");

        var (id, ci) = await server.ApiTokenAsync(john);

        Assert.Equal("john.doe", (await ci.CallAsync("whoami")).Ok().GetProperty("username").GetString());
        (await john.CallAsync("api_token_revoke", new { id })).Ok();
        var refused = await ci.CallAsync("whoami");
        Assert.Equal("The API token was revoked, or its owner is disabled.", refused.Refused(401, "invalid_token").GetProperty("detail").GetString());
        Assert.Contains("error=\"invalid_token\"", refused.Headers["WWW-Authenticate"], StringComparison.Ordinal);
        (await john.CallAsync("api_token_revoke", new { id })).Ok();
        (await john.CallAsync("whoami")).Ok();
    }

    [Fact]
    public async Task The_answer_shows_the_token_and_for_this_once_its_value()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;

        var answer = await admin.CallAsync("api_token_create", new { name = "  nightly build ", expires_in = 60, permissions = new[] { "user_read", "user_read" } });

        var made = answer.Ok();
        Assert.Equal("no-store", answer.Headers["Cache-Control"]);
        Assert.Matches("^mda_[0-9A-Za-z]{42}$", made.GetProperty("token").GetString()!);
        var token = made.GetProperty("api_token");
        Assert.Equal(7, Guid.Parse(token.GetProperty("id").GetString()!).Version);
        Assert.Equal("nightly build", token.GetProperty("name").GetString());
        Assert.Equal("admin", token.GetProperty("username").GetString());
        Assert.Equal(["user_read"], token.GetProperty("permissions").EnumerateArray().Select(permission => permission.GetString()));
        Assert.Equal(server.Clock.GetUtcNow(), token.GetProperty("created_at").GetDateTimeOffset());
        Assert.Equal(server.Clock.GetUtcNow().AddSeconds(60), token.GetProperty("expires_at").GetDateTimeOffset());
        Assert.Equal(JsonValueKind.Null, token.GetProperty("last_used_at").ValueKind);
        var listed = (await admin.CallAsync("api_token_list")).Body;
        Assert.Contains("nightly build", listed, StringComparison.Ordinal);
        Assert.DoesNotContain("mda_", listed, StringComparison.Ordinal);
        Assert.Single(Database.Rows(server, "SELECT target FROM audit_events WHERE operation = 'auth/api_token_create'"), $"admin/{token.GetProperty("id").GetString()}");
    }

    [Fact]
    public async Task No_file_of_the_server_and_no_log_holds_an_API_token()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        var (id, ci) = await server.ApiTokenAsync(admin);
        (await ci.CallAsync("whoami")).Ok();
        (await ci.CallAsync("api_token_revoke", new { id = ci.Token })).Refused(404, "api_token_not_found");
        (await ci.CallAsync("api_token_create", new { name = ci.Token })).Refused(403, "session_required");
        await server.Services.GetRequiredService<LastSeen>().StoreAsync();

        var files = Directory.GetFiles(server.Folder);

        Assert.Contains(files, file => file.EndsWith("-wal", StringComparison.Ordinal));
        Assert.All(files, file => Assert.DoesNotContain(ci.Token, ReadShared(file), StringComparison.Ordinal));
        Assert.DoesNotContain(ci.Token, server.Log.Text, StringComparison.Ordinal);
        Assert.Matches("^[0-9a-f]{64}$", Database.Text(server, $"SELECT hash FROM api_tokens WHERE id = '{id}'"));
    }

    [Fact]
    public async Task An_API_token_without_an_end_outlives_every_session()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        var (_, ci) = await server.ApiTokenAsync(admin);

        server.Clock.Advance(TimeSpan.FromDays(3650));

        (await admin.CallAsync("whoami")).Refused(401, "token_expired");
        (await ci.CallAsync("whoami")).Ok();
    }

    [Fact]
    public async Task It_is_accepted_after_a_restart_and_refused_there_when_it_was_revoked_before()
    {
        var folder = Directory.CreateTempSubdirectory("medatarun-test-").FullName;
        string kept, revoked;
        await using (var first = await TestServer.StartAsync(folder))
        {
            var admin = await first.BootstrapAsync();
            kept = (await first.ApiTokenAsync(admin)).Caller.Token;
            var (id, ci) = await first.ApiTokenAsync(admin);
            revoked = ci.Token;
            (await admin.CallAsync("api_token_revoke", new { id })).Ok();
        }

        await using (var second = await TestServer.StartAsync(folder))
        {
            (await second.As(kept).CallAsync("user_list")).Ok();
            (await second.As(revoked).CallAsync("user_list")).Refused(401, "invalid_token");
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task An_API_token_is_no_sign_in_so_that_what_is_about_the_account_wants_a_session()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        var (_, ci) = await server.ApiTokenAsync(admin);

        (await ci.CallAsync("api_token_create", new { name = "another" })).Refused(403, "session_required");
        (await ci.CallAsync("api_token_create", new { name = "another", username = "admin" })).Refused(403, "session_required");
        (await ci.CallAsync("change_my_password", new { oldPassword = TestServer.AdminPassword, newPassword = Password })).Refused(403, "session_required");
        (await ci.CallAsync("logout")).Refused(403, "session_required");
        (await ci.CallAsync("user_list")).Ok();
    }

    [Theory]
    [InlineData("user_disable", 401, 200)]
    [InlineData("user_delete", 401, 401)]
    [InlineData("user_change_password", 200, 200)]
    [InlineData("session_revoke_all", 200, 200)]
    public async Task What_is_done_to_the_owner_is_done_to_the_token(string operation, int during, int afterEnabling)
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        var john = await UserAsync(server, admin, "john.doe");
        var (_, ci) = await server.ApiTokenAsync(john);
        (await ci.CallAsync("whoami")).Ok();

        (await admin.CallAsync(operation, new { username = "john.doe", password = "Another.Day.0123456" })).Ok();

        (await john.CallAsync("whoami")).Refused(401, "invalid_token");
        Assert.Equal(during, (await ci.CallAsync("whoami")).Status);
        await admin.CallAsync("user_enable", new { username = "john.doe" });
        Assert.Equal(afterEnabling, (await ci.CallAsync("whoami")).Status);
        (await john.CallAsync("whoami")).Refused(401, "invalid_token");
        Assert.Equal(operation == "user_delete" ? "0" : "1", Database.Text(server, "SELECT COUNT(*) FROM api_tokens"));
    }

    [Fact]
    public async Task A_new_password_of_ones_own_leaves_the_tokens_of_pipelines()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        var (_, ci) = await server.ApiTokenAsync(admin);

        (await admin.CallAsync("change_my_password", new { oldPassword = TestServer.AdminPassword, newPassword = Password })).Ok();

        (await ci.CallAsync("user_list")).Ok();
    }

    [Fact]
    public async Task A_hundred_callers_with_one_token_are_all_refused_once_it_is_revoked()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        var (id, ci) = await server.ApiTokenAsync(await UserAsync(server, admin, "john.doe"));
        var hammer = new Hammer(ci, "whoami", new { });
        await hammer.AcceptedAsync(300);

        (await admin.CallAsync("api_token_revoke", new { id })).Ok();
        hammer.Changed();

        Assert.True(await hammer.RefusedAsync(300, "invalid_token") >= 300);
    }

    [Fact]
    public async Task Last_use_shows_at_once_and_is_stored_later()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        var (id, ci) = await server.ApiTokenAsync(admin);
        server.Clock.Advance(TimeSpan.FromMinutes(5));
        (await ci.CallAsync("whoami")).Ok();
        var used = server.Clock.GetUtcNow();
        server.Clock.Advance(TimeSpan.FromMinutes(5));

        async Task<DateTimeOffset> Shown() =>
            (await admin.CallAsync("api_token_list")).Ok().GetProperty("items")[0].GetProperty("last_used_at").GetDateTimeOffset();

        Assert.Equal(used, await Shown());
        Assert.Equal("", Database.Text(server, "SELECT last_used_at FROM api_tokens"));
        await server.Services.GetRequiredService<LastSeen>().StoreAsync();
        Assert.Equal(used.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), Database.Text(server, $"SELECT last_used_at FROM api_tokens WHERE id = '{id}'"));
        Assert.Equal(used, await Shown());
    }

    private static async Task<TestCaller> UserAsync(TestServer server, TestCaller admin, string name)
    {
        await admin.CreateUserAsync(name, Password);
        return await server.SignInAsync(name, Password);
    }

    private static string ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
