using System.Text.Json;
using Medatarun.Server.Access;
using Medatarun.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Medatarun.Server.Tests;

public sealed class ActorTests
{
    private const string Password = "Sunny.Day.0123456";

    [Fact]
    public async Task What_is_done_to_a_user_shows_on_the_actor_and_the_other_way_round()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        await admin.CreateUserAsync("john.doe", Password);
        var id = await admin.ActorIdAsync("john.doe");

        async Task<JsonElement> Actor() => (await admin.CallAsync("actor_get", new { actorId = id })).Ok();
        async Task<JsonElement> User() => (await admin.CallAsync("user_get", new { id })).Ok();

        (await admin.CallAsync("user_change_fullname", new { username = "john.doe", fullname = "Johnny" })).Ok();
        (await admin.CallAsync("user_disable", new { username = "john.doe" })).Ok();
        Assert.Equal("Johnny", (await Actor()).GetProperty("fullname").GetString());
        Assert.NotEqual(JsonValueKind.Null, (await Actor()).GetProperty("disabledAt").ValueKind);
        (await admin.CallAsync("actor_enable", new { actorId = id })).Ok();
        Assert.False((await User()).GetProperty("disabled").GetBoolean());
        (await admin.CallAsync("actor_add_role", new { actorId = id, roleRef = "key:reader" })).Ok();
        Assert.Equal("reader", (await User()).GetProperty("role").GetString());
        (await admin.CallAsync("actor_disable", new { actorId = id })).Ok();
        Assert.True((await User()).GetProperty("disabled").GetBoolean());
        (await server.Anonymous.CallAsync("login", new { username = "john.doe", password = Password })).Refused(401, "bad_credentials");
    }

    [Fact]
    public async Task Last_seen_is_kept_without_a_write_per_request()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        var before = server.Clock.GetUtcNow();
        server.Clock.Advance(TimeSpan.FromMinutes(5));
        for (var number = 0; number < 20; number++)
        {
            (await admin.CallAsync("whoami")).Ok();
        }

        Assert.Equal(before.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture), Database.Text(server, "SELECT last_seen_at FROM actors WHERE subject = 'admin'"));
        await server.Services.GetRequiredService<LastSeen>().StoreAsync();
        var actor = (await admin.CallAsync("actor_get", new { actorId = await admin.ActorIdAsync("admin") })).Ok();
        Assert.Equal(before.AddMinutes(5), actor.GetProperty("lastSeenAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task A_service_account_has_a_name_an_owner_and_roles_and_cannot_sign_in_with_a_password()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;

        var created = (await admin.CallAsync("service_account_create", new { name = "nightly_run", role = "manager" })).Ok();

        Assert.Equal("service", created.GetProperty("kind").GetString());
        Assert.Equal("admin", created.GetProperty("owner").GetString());
        Assert.Equal("User", created.GetProperty("type").GetString());
        Assert.Equal("manager", created.GetProperty("roles")[0].GetString());
        (await server.Anonymous.CallAsync("login", new { username = "nightly_run", password = Password })).Refused(401, "bad_credentials");
        (await admin.CallAsync("user_create", new { username = "nightly_run", fullname = "Taken", password = Password })).Refused(409, "user_already_exists");
        (await admin.CallAsync("service_account_create", new { name = "admin" })).Refused(409, "user_already_exists");
        (await (await server.AsServiceAccountAsync("nightly_run")).CallAsync("user_list")).Ok();
        (await admin.CallAsync("service_account_delete", new { name = "nightly_run" })).Ok();
        (await admin.CallAsync("service_account_create", new { name = "nightly_run" })).Refused(409, "user_already_exists");
    }

    [Fact]
    public async Task A_disabled_service_account_is_refused_at_the_next_request()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        var id = (await admin.CallAsync("service_account_create", new { name = "runner" })).Ok().GetProperty("id").GetString();
        var runner = await server.AsServiceAccountAsync("runner");
        (await runner.CallAsync("whoami")).Ok();

        (await admin.CallAsync("actor_disable", new { actorId = id })).Ok();

        (await runner.CallAsync("whoami")).Refused(401, "invalid_token");
    }

    [Fact]
    public async Task A_service_account_does_not_count_as_the_last_administrator()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        (await admin.CallAsync("service_account_create", new { name = "robot", role = "admin" })).Ok();

        (await admin.CallAsync("user_update", new { username = "admin", role = "" })).Refused(409, "last_admin");
    }

    [Fact]
    public async Task The_servers_own_actor_is_shown_and_cannot_be_changed()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;

        var system = (await admin.CallAsync("actor_list")).Ok().EnumerateArray().Single(actor => actor.GetProperty("kind").GetString() == "system");
        var id = system.GetProperty("id").GetString();

        (await admin.CallAsync("actor_disable", new { actorId = id })).Refused(400, "managed");
        (await admin.CallAsync("actor_add_role", new { actorId = id, roleRef = "admin" })).Refused(400, "managed");
    }

    [Fact]
    public async Task Local_actors_follow_a_changed_issuer()
    {
        var folder = Directory.CreateTempSubdirectory("medatarun-test-").FullName;
        await using (var first = await TestServer.StartAsync(folder))
        {
            await first.BootstrapAsync();
        }

        await using (var second = await TestServer.StartAsync(folder, configure: options => options.Issuer = "https://id.example.org"))
        {
            var admin = await second.SignInAsync(TestServer.AdminName, TestServer.AdminPassword);
            Assert.Equal("https://id.example.org", (await admin.CallAsync("whoami")).Ok().GetProperty("issuer").GetString());
        }

        Directory.Delete(folder, recursive: true);
    }
}
