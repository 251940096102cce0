using System.Globalization;
using Medatarun.Server.Tests.Support;

namespace Medatarun.Server.Tests;

/// <summary>Guessing passwords: what is counted, what it costs, and whom it keeps out.</summary>
public sealed class GuessingTests
{
    private const string Password = "Sunny.Day.0123456";
    private const string Home = "192.0.2.1";
    private const string Elsewhere = "198.51.100.1";

    [Fact]
    public async Task A_thousand_wrong_guesses_at_once_cost_five_hashes_and_the_right_one_is_refused_next()
    {
        await using var server = await WithJohnAsync();
        var before = server.Hashes.Computed;

        var answers = await FloodAsync(server, 1000);

        Assert.All(answers, answer => answer.Refused(401, "bad_credentials"));
        Assert.Equal(5, server.Hashes.Computed - before);
        (await LoginAsync(server, Elsewhere, Password)).Refused(401, "bad_credentials");
        Assert.Equal(5, server.Hashes.Computed - before);
        Assert.Equal(
            ["bad_credentials 5", "held_off 996"],
            Database.Rows(server, "SELECT outcome || ' ' || COUNT(*) FROM audit_events WHERE operation = 'auth/login' GROUP BY outcome ORDER BY outcome"));
    }

    [Fact]
    public async Task Sixty_four_right_sign_ins_at_once_all_succeed()
    {
        await using var server = await WithJohnAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => LoginAsync(server, Elsewhere, Password)));

        Assert.All(answers, answer => answer.Ok());
        Assert.Empty(Lanes(server));
    }

    [Fact]
    public async Task From_the_fifth_failure_on_each_doubles_the_wait_up_to_fifteen_minutes()
    {
        await using var server = await WithJohnAsync();
        await FailAsync(server, Elsewhere, 5);

        foreach (var seconds in (int[])[5, 10, 20, 40, 80, 160, 320, 640, 900, 900])
        {
            server.Clock.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
            await IsHeldOffAsync(server, Elsewhere);
            server.Clock.Advance(TimeSpan.FromMilliseconds(1));
            await FailAsync(server, Elsewhere, 1);
        }

        server.Clock.Advance(TimeSpan.FromMinutes(15));
        (await LoginAsync(server, Elsewhere, Password)).Ok();
        await FailAsync(server, Home, 4);
    }

    [Fact]
    public async Task After_a_wait_one_attempt_alone_is_admitted()
    {
        await using var server = await WithJohnAsync();
        await FailAsync(server, Elsewhere, 5);
        server.Clock.Advance(TimeSpan.FromSeconds(5));
        var before = server.Hashes.Computed;

        await FloodAsync(server, 50);

        Assert.Equal(1, server.Hashes.Computed - before);
    }

    [Fact]
    public async Task No_more_than_100_guesses_in_a_row_are_ever_computed_whatever_the_sources_and_the_patience()
    {
        await using var server = await WithJohnAsync();
        string[] known = [.. Enumerable.Range(1, 5).Select(number => $"192.0.2.{number}")];
        foreach (var source in known)
        {
            (await LoginAsync(server, source, Password)).Ok();
        }

        var before = server.Hashes.Computed;
        await FailPatientlyAsync(server, Elsewhere, 50);
        foreach (var source in known)
        {
            await FailPatientlyAsync(server, source, 10);
        }

        Assert.Equal(100, server.Hashes.Computed - before);
        server.Clock.Advance(TimeSpan.FromDays(1000));
        foreach (var source in known.Append(Elsewhere))
        {
            await IsHeldOffAsync(server, source);
        }
    }

    [Fact]
    public async Task Who_floods_an_account_does_not_keep_its_owner_out()
    {
        await using var server = await WithJohnAsync();
        (await LoginAsync(server, Home, Password)).Ok();
        await FloodAsync(server, 100);

        await IsHeldOffAsync(server, Elsewhere);
        (await LoginAsync(server, Home, Password)).Ok();
        await IsHeldOffAsync(server, Elsewhere);
    }

    [Fact]
    public async Task Whose_own_source_was_closed_by_others_is_a_stranger_there_until_they_sign_in()
    {
        await using var server = await WithJohnAsync();
        (await LoginAsync(server, Home, Password)).Ok();
        for (var i = 0; i < 10; i++)
        {
            await FailAsync(server, Home, 1);
            server.Clock.Advance(TimeSpan.FromMinutes(15));
        }

        Assert.EndsWith($"@{Home}", Assert.Single(Lanes(server)), StringComparison.Ordinal);
        await FailAsync(server, Home, 1);
        Assert.Equal(2, Lanes(server).Count);
        (await LoginAsync(server, Home, Password)).Ok();
        Assert.Empty(Lanes(server));
    }

    [Fact]
    public async Task The_last_five_sources_are_known_and_no_more()
    {
        await using var server = await WithJohnAsync();
        foreach (var number in Enumerable.Range(1, 7))
        {
            server.Clock.Advance(TimeSpan.FromSeconds(1));
            (await LoginAsync(server, $"192.0.2.{number}", Password)).Ok();
        }

        Assert.Equal(
            ["192.0.2.3", "192.0.2.4", "192.0.2.5", "192.0.2.6", "192.0.2.7"],
            Database.Rows(server, "SELECT source FROM known_sources JOIN users ON id = actor_id WHERE username = 'john.doe' ORDER BY source"));
    }

    [Fact]
    public async Task An_operator_sees_who_is_locked_and_unlocks_them()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        await admin.CreateUserAsync("john.doe", Password);
        Assert.False(await IsLockedAsync(admin));
        await FailAsync(server, Elsewhere, 5);
        Assert.True(await IsLockedAsync(admin));
        Assert.True((await admin.CallAsync("user_list", new { search = "john" })).Ok().GetProperty("items")[0].GetProperty("locked").GetBoolean());

        (await admin.CallAsync("user_unlock", new { username = "john.doe" })).Ok();

        Assert.False(await IsLockedAsync(admin));
        Assert.False((await LoginAsync(server, Elsewhere, Password)).Ok().GetProperty("user").GetProperty("locked").GetBoolean());
        (await admin.CallAsync("user_unlock", new { username = "nobody" })).Refused(404, "user_not_found");
    }

    [Fact]
    public async Task Nobody_unlocks_somebody_who_holds_more_than_they_do()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        await admin.CreateUserAsync("delegated", Password);
        await admin.GiveOwnRoleAsync("delegated", "user_manage");

        var delegated = await server.SignInAsync("delegated", Password);

        (await delegated.CallAsync("user_unlock", new { username = TestServer.AdminName })).Refused(403, "exceeds_authority");
    }

    [Fact]
    public async Task A_password_that_an_administrator_sets_unlocks()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        await admin.CreateUserAsync("john.doe", Password);
        await FailAsync(server, Elsewhere, 5);

        (await admin.CallAsync("user_change_password", new { username = "john.doe", password = "Rainy.Day.0123456" })).Ok();

        (await LoginAsync(server, Elsewhere, "Rainy.Day.0123456")).Ok();
    }

    [Fact]
    public async Task A_name_and_an_e_mail_address_of_one_user_are_counted_together()
    {
        await using var server = await WithJohnAsync();
        await FailAsync(server, Elsewhere, 3);
        var before = server.Hashes.Computed;
        foreach (var email in (string[])["john@example.org", "JOHN@example.org", "John@Example.org"])
        {
            (await server.From(Elsewhere).CallAsync("login", new { email, password = "wrong" })).Refused(401, "bad_credentials");
        }

        Assert.Equal(2, server.Hashes.Computed - before);
        await IsHeldOffAsync(server, Elsewhere);
    }

    [Fact]
    public async Task A_restart_forgets_no_failure()
    {
        var folder = Directory.CreateTempSubdirectory("medatarun-test-").FullName;
        await using (var server = await TestServer.StartAsync(folder))
        {
            await (await server.BootstrapAsync()).CreateUserAsync("john.doe", Password);
            await FailAsync(server, Elsewhere, 5);
        }

        await using (var server = await TestServer.StartAsync(folder))
        {
            (await LoginAsync(server, Elsewhere, Password)).Refused(401, "bad_credentials");
            server.Clock.Advance(TimeSpan.FromSeconds(5));
            (await LoginAsync(server, Elsewhere, Password)).Ok();
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Guessing_the_old_password_is_held_off_and_whoever_calls_is_told_for_how_long()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        await GuessOldAsync(admin, 5);
        var before = server.Hashes.Computed;

        var refused = await admin.CallAsync("change_my_password", new { oldPassword = TestServer.AdminPassword, newPassword = Password });

        Assert.Equal("5", refused.Headers["Retry-After"]);
        Assert.Contains("too often", refused.Refused(429, "throttled").GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(before, server.Hashes.Computed);
        server.Clock.Advance(TimeSpan.FromSeconds(5));
        (await admin.CallAsync("change_my_password", new { oldPassword = TestServer.AdminPassword, newPassword = Password })).Ok();
        await GuessOldAsync(admin, 4);
    }

    private static async Task GuessOldAsync(TestCaller caller, int count)
    {
        for (var i = 0; i < count; i++)
        {
            (await caller.CallAsync("change_my_password", new { oldPassword = "wrong", newPassword = Password })).Refused(403, "bad_old_password");
        }
    }

    private static async Task<TestServer> WithJohnAsync()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        (await admin.CallAsync("user_create", new { username = "john.doe", fullname = "John", password = Password, email = "john@example.org" })).Ok();
        return server;
    }

    private static async Task<bool> IsLockedAsync(TestCaller admin) =>
        (await admin.CallAsync("user_get", new { username = "john.doe" })).Ok().GetProperty("locked").GetBoolean();

    private static Task<TestAnswer> LoginAsync(TestServer server, string address, string password) =>
        server.From(address).CallAsync("login", new { username = "john.doe", password });

    // Wrong guesses from as many sources as a botnet has.
    private static Task<TestAnswer[]> FloodAsync(TestServer server, int count) => Task.WhenAll(Enumerable.Range(0, count).Select(number =>
        LoginAsync(server, string.Create(CultureInfo.InvariantCulture, $"203.0.113.{number % 250}"), $"wrong {number}")));

    /// <summary>Wrong guesses, each of them computed.</summary>
    private static async Task FailAsync(TestServer server, string address, int count)
    {
        var before = server.Hashes.Computed;
        for (var i = 0; i < count; i++)
        {
            (await LoginAsync(server, address, "wrong")).Refused(401, "bad_credentials");
        }

        Assert.Equal(count, server.Hashes.Computed - before);
    }

    private static async Task FailPatientlyAsync(TestServer server, string address, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await FailAsync(server, address, 1);
            server.Clock.Advance(TimeSpan.FromMinutes(15));
        }

        await IsHeldOffAsync(server, address);
    }

    /// <summary>The right password is refused, and nothing is computed.</summary>
    private static async Task IsHeldOffAsync(TestServer server, string address)
    {
        var before = server.Hashes.Computed;
        (await LoginAsync(server, address, Password)).Refused(401, "bad_credentials");
        Assert.Equal(before, server.Hashes.Computed);
    }

    private static IReadOnlyList<string> Lanes(TestServer server) => Database.Rows(server, "SELECT key FROM sign_in_lanes");
}
