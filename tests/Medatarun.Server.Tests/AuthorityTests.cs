using Medatarun.Server.Tests.Support;

namespace Medatarun.Server.Tests;

public sealed class AuthorityTests
{
    private const string Password = "Sunny.Day.0123456";

    [Theory]
    [InlineData("user_disable")]
    [InlineData("user_delete")]
    public async Task A_user_who_was_disabled_or_deleted_is_refused_at_the_next_request(string operation)
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        await admin.CreateUserAsync("john.doe", Password);
        var john = await server.SignInAsync("john.doe", Password);
        (await john.CallAsync("whoami")).Ok();

        (await admin.CallAsync(operation, new { username = "john.doe" })).Ok();

        var refused = await john.CallAsync("whoami");
        refused.Refused(401, "invalid_token");
        Assert.Contains("error=\"invalid_token\"", refused.Headers["WWW-Authenticate"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_that_was_ended_stays_ended_when_the_user_is_enabled_again()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        await admin.CreateUserAsync("john.doe", Password);
        var john = await server.SignInAsync("john.doe", Password);

        (await admin.CallAsync("user_disable", new { username = "john.doe" })).Ok();
        (await admin.CallAsync("user_enable", new { username = "john.doe" })).Ok();

        (await john.CallAsync("whoami")).Refused(401, "invalid_token");
    }

    [Fact]
    public async Task A_role_that_was_given_or_taken_counts_at_the_next_request_of_the_same_token()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        await admin.CreateUserAsync("john.doe", Password);
        var john = await server.SignInAsync("john.doe", Password);

        var denied = (await john.CallAsync("user_list")).Refused(403, "permission_denied");
        Assert.Contains("'user_read'", denied.GetProperty("detail").GetString(), StringComparison.Ordinal);
        (await admin.CallAsync("user_update", new { username = "john.doe", role = "admin" })).Ok();
        (await john.CallAsync("user_list")).Ok();
        Assert.Equal("Operator", (await john.CallAsync("whoami")).Ok().GetProperty("type").GetString());
        (await admin.CallAsync("user_update", new { username = "john.doe", role = "" })).Ok();
        (await john.CallAsync("user_list")).Refused(403, "permission_denied");
    }

    [Fact]
    public async Task No_request_is_accepted_on_old_authority_while_a_hundred_callers_hammer()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        for (var round = 0; round < 3; round++)
        {
            var name = $"john{round}";
            await admin.CreateUserAsync(name, Password);
            var john = await server.SignInAsync(name, Password);
            var refusedAfter = 0;
            long accepted = 0;
            using var stop = new CancellationTokenSource();
            var disabled = 0;
            var callers = Enumerable.Range(0, 100).Select(_ => Task.Run(async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    // Read before the request is sent: what starts after the acknowledgement must be refused.
                    var startedAfter = Volatile.Read(ref disabled) == 1;
                    var answer = await john.CallAsync("whoami");
                    if (startedAfter)
                    {
                        Assert.Equal(401, answer.Status);
                        Interlocked.Increment(ref refusedAfter);
                    }
                    else if (answer.Status == 200)
                    {
                        Interlocked.Increment(ref accepted);
                    }
                }
            })).ToArray();
            while (Interlocked.Read(ref accepted) < 300)
            {
                await Task.Yield();
            }

            (await admin.CallAsync("user_disable", new { username = name })).Ok();
            Volatile.Write(ref disabled, 1);
            while (Volatile.Read(ref refusedAfter) < 500 && !callers.Any(caller => caller.IsFaulted))
            {
                await Task.Yield();
            }

            await stop.CancelAsync();
            await Task.WhenAll(callers);
            Assert.True(refusedAfter >= 500);
        }
    }

    [Theory]
    [InlineData("user_disable")]
    [InlineData("user_delete")]
    public async Task Nobody_disables_or_deletes_themselves(string operation)
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        await admin.CreateUserAsync("second", Password, admin: true);

        (await admin.CallAsync(operation, new { username = TestServer.AdminName })).Refused(400, "not_yourself");
        (await admin.CallAsync("whoami")).Ok();
    }

    [Fact]
    public async Task The_last_active_administrator_cannot_be_demoted()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;

        (await admin.CallAsync("user_update", new { username = TestServer.AdminName, role = "" })).Refused(409, "last_admin");
        await admin.CreateUserAsync("sleeping", Password, admin: true);
        (await admin.CallAsync("user_disable", new { username = "sleeping" })).Ok();
        (await admin.CallAsync("user_update", new { username = TestServer.AdminName, role = "" })).Refused(409, "last_admin");
    }

    [Fact]
    public async Task A_hundred_attempts_of_two_administrators_to_get_rid_of_each_other_leave_one()
    {
        for (var round = 0; round < 5; round++)
        {
            var (server, one) = await TestServer.StartWithAdminAsync();
            await using var _ = server;
            await one.CreateUserAsync("second", Password, admin: true);
            var other = await server.SignInAsync("second", Password);

            await Task.WhenAll(Enumerable.Range(0, 100).Select(number => (number % 6) switch
            {
                0 => one.CallAsync("user_disable", new { username = "second" }),
                1 => other.CallAsync("user_disable", new { username = TestServer.AdminName }),
                2 => one.CallAsync("user_update", new { username = "second", role = "" }),
                3 => other.CallAsync("user_update", new { username = TestServer.AdminName, role = "" }),
                4 => one.CallAsync("user_delete", new { username = "second" }),
                _ => other.CallAsync("user_delete", new { username = TestServer.AdminName }),
            }));

            var active = Database.Text(
                server,
                "SELECT COUNT(*) FROM actors a JOIN actor_roles x ON x.actor_id = a.id JOIN roles r ON r.id = x.role_id WHERE r.key = 'admin' AND a.disabled_at IS NULL");
            Assert.Equal("1", active);
        }
    }

    [Fact]
    public async Task A_change_that_waited_for_its_hash_does_not_use_a_permission_that_was_taken_meanwhile()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync(iterations: 220_000);
        await using var _ = server;
        await admin.CreateUserAsync("second", Password, admin: true);
        var second = await server.SignInAsync("second", Password);

        // Many hashes wait; the permission goes while they do.
        var creates = Enumerable.Range(0, 20).Select(number =>
            second.CallAsync("user_create", new { username = $"made{number}", fullname = "Made", password = Password })).ToArray();
        await Task.WhenAny(creates);
        (await admin.CallAsync("user_update", new { username = "second", role = "" })).Ok();
        var done = creates.Count(create => create is { IsCompletedSuccessfully: true, Result.Status: 200 });
        var answers = await Task.WhenAll(creates);

        Assert.Contains(answers, answer => answer.Code == "permission_denied");
        // What was in the writer's hands at that moment may still have been answered just after.
        Assert.InRange(answers.Count(answer => answer.Status == 200), done, done + Environment.ProcessorCount);
    }
}
