using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using Medatarun.Server.Tests.Support;

namespace Medatarun.Server.Tests;

/// <summary>What whoever guesses gets to see, and what it costs the server.</summary>
[Collection(Alone.Name)]
public sealed class GuessingAnswersTests
{
    private const string Password = "Sunny.Day.0123456";
    private const string Attacker = "198.51.100.1";

    [Fact]
    public async Task Why_somebody_is_not_let_in_shows_neither_in_the_answer_nor_in_what_is_done()
    {
        await using var server = await WithUsersAsync();
        for (var i = 0; i < 5; i++)
        {
            await LoginAsync(server, "locked", "wrong");
        }

        var seen = new Dictionary<string, (string Body, string Headers, long Hashes)>();
        foreach (var (kind, name, password) in ((string, string, string)[])
            [
                ("wrong password", "enabled", "wrong"), ("unknown name", "nobody", "wrong"), ("no username", "CR\r\nLF\u001b[31m", "wrong"),
                ("disabled, right password", "disabled", Password), ("disabled, wrong password", "disabled", "wrong"),
                ("without a password", "passwordless", "wrong"), ("locked, right password", "locked", Password),
                ("huge name", new string('x', 10_000), "wrong"), ("huge password", "enabled", new string('p', 10_000)),
            ])
        {
            var before = server.Hashes.Computed;
            var answer = await LoginAsync(server, name, password);
            answer.Refused(401, "bad_credentials");
            var headers = string.Join('\n', answer.Headers.Where(header => header.Key.ToUpperInvariant() is not ("X-REQUEST-ID" or "DATE")));
            seen[kind] = (answer.Body.Replace(answer.Headers["X-Request-Id"], "", StringComparison.Ordinal), headers, server.Hashes.Computed - before);
        }

        Assert.Single(seen.Values.Select(one => (one.Body, one.Headers)).Distinct());
        Assert.All(seen, one => Assert.Equal(one.Key.StartsWith("locked", StringComparison.Ordinal) ? 0 : 1, one.Value.Hashes));
    }

    [Fact]
    public async Task A_name_that_is_nobodys_is_counted_like_somebodys()
    {
        await using var server = await WithUsersAsync();
        var hashes = new List<long>();
        foreach (var name in (string[])["enabled", "nobody", "disabled", "passwordless"])
        {
            var before = server.Hashes.Computed;
            for (var i = 0; i < 8; i++)
            {
                (await LoginAsync(server, name, "wrong")).Refused(401, "bad_credentials");
            }

            hashes.Add(server.Hashes.Computed - before);
        }

        Assert.Equal([5, 5, 5, 5], hashes);
        var states = Database.Rows(server, "SELECT failures || ' ' || blocked_until FROM sign_in_lanes");
        Assert.Equal(4, states.Count);
        Assert.Single(states.Distinct());
    }

    [Fact]
    public async Task Of_a_name_that_is_nobodys_only_a_hash_is_kept_and_its_case_makes_no_difference()
    {
        await using var server = await WithUsersAsync();
        await LoginAsync(server, "My.Secret\r\nTyped.Into.The.Wrong.Box", "wrong");
        await LoginAsync(server, "MY.SECRET\r\nTYPED.INTO.THE.WRONG.BOX", "wrong");

        Assert.Matches("^name:[0-9a-f]{64} 2$", Database.Text(server, "SELECT key || ' ' || failures FROM sign_in_lanes"));
    }

    [Fact]
    public async Task A_wrong_password_costs_as_much_for_an_account_whose_hash_has_fewer_iterations()
    {
        var folder = Directory.CreateTempSubdirectory("medatarun-test-").FullName;
        await using (var weak = await TestServer.StartAsync(folder, iterations: 1000))
        {
            var admin = await weak.BootstrapAsync();
            await admin.CreateUserAsync("disabled", Password);
            (await admin.CallAsync("user_disable", new { username = "disabled" })).Ok();
        }

        await using (var strong = await TestServer.StartAsync(folder, iterations: 2000))
        {
            // One of 1,000 iterations, and one that makes up for the other 1,000.
            await LoginAsync(strong, TestServer.AdminName, "wrong");
            Assert.Equal(2, strong.Hashes.Computed);
            await LoginAsync(strong, "disabled", Password);
            Assert.Equal(4, strong.Hashes.Computed);
            await LoginAsync(strong, "nobody", "wrong");
            Assert.Equal(5, strong.Hashes.Computed);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_refusal_without_a_hash_takes_the_time_of_one_with_a_hash()
    {
        await using var server = await WithUsersAsync(iterations: 100_000);
        // The quickest of each: what else the machine does makes times longer, and never shorter. And of all that were real, because a
        // held-off one takes as long as any of them did.
        var real = await QuickestAsync(server, round => round < 5 ? "locked" : $"nobody-{round}", rounds: 15);
        var before = server.Hashes.Computed;
        var heldOff = await QuickestAsync(server, _ => "locked");

        Assert.Equal(before, server.Hashes.Computed);
        Assert.True(heldOff > real * 0.8, $"held off {heldOff.TotalMilliseconds} ms, real {real.TotalMilliseconds} ms");
    }

    [Fact]
    public async Task With_512_sign_ins_waiting_the_next_is_refused_within_50_ms_and_costs_nothing_and_who_leaves_was_never_counted()
    {
        var folder = Directory.CreateTempSubdirectory("medatarun-test-").FullName;
        await using (var setup = await TestServer.StartAsync(folder))
        {
            await setup.BootstrapAsync();
        }

        await using (var server = await TestServer.StartAsync(folder, configure: options => options.HashQueueWidth = 0))
        {
            using var leaving = new CancellationTokenSource();
            var waiting = Enumerable.Range(0, 512).Select(number => WaitInQueueAsync(server, number, leaving.Token)).ToArray();
            await UntilAsync(() => server.Hashes.Waiting == 512);
            var times = new List<double>();
            for (var i = 0; i < 20; i++)
            {
                var began = Stopwatch.GetTimestamp();
                var answer = await server.From(Attacker).CallAsync("login", new { username = TestServer.AdminName, password = TestServer.AdminPassword });
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                answer.Refused(429, "throttled");
                Assert.Equal("5", answer.Headers["Retry-After"]);
            }

            Assert.InRange(times.Order().ElementAt(times.Count / 2), 0, 50);
            Assert.Equal("512 1", Database.Text(server, "SELECT (SELECT SUM(failures) FROM sign_in_lanes) || ' ' || (SELECT COUNT(*) FROM audit_events)"));
            await leaving.CancelAsync();
            await Task.WhenAll(waiting);
            await UntilAsync(() => Database.Text(server, "SELECT COUNT(*) FROM sign_in_lanes") == "0");
            Assert.Equal((0, 0), (server.Hashes.Waiting, server.Hashes.Computed));
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task WaitInQueueAsync(TestServer server, int number, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/auth/login");
        request.Content = JsonContent.Create(new { username = $"nobody-{number}", password = "wrong" });
        request.Headers.Add(TestServer.AddressHeader, string.Create(CultureInfo.InvariantCulture, $"203.0.113.{number % 250}"));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => server.Http.SendAsync(request, cancellationToken));
    }

    private static async Task UntilAsync(Func<bool> reached)
    {
        while (!reached())
        {
            await Task.Delay(1);
        }
    }

    private static async Task<TimeSpan> QuickestAsync(TestServer server, Func<int, string> name, int rounds = 10)
    {
        var times = new List<TimeSpan>();
        for (var round = 0; round < rounds; round++)
        {
            times.Add(await TimeAsync(server, name(round)));
        }

        return times.Min();
    }

    private static async Task<TimeSpan> TimeAsync(TestServer server, string username)
    {
        var began = Stopwatch.GetTimestamp();
        (await LoginAsync(server, username, "wrong")).Refused(401, "bad_credentials");
        return Stopwatch.GetElapsedTime(began);
    }

    private static async Task<TestServer> WithUsersAsync(int iterations = 1000)
    {
        var (server, admin) = await TestServer.StartWithAdminAsync(iterations);
        foreach (var name in (string[])["enabled", "disabled", "locked", "passwordless"])
        {
            await admin.CreateUserAsync(name, Password);
        }

        (await admin.CallAsync("user_disable", new { username = "disabled" })).Ok();
        Database.Change(server.DatabaseFile, "UPDATE users SET password_hash = NULL WHERE username = 'passwordless'");
        return server;
    }

    private static Task<TestAnswer> LoginAsync(TestServer server, string username, string password) =>
        server.From(Attacker).CallAsync("login", new { username, password });
}
