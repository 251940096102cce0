using System.Diagnostics;
using Medatarun.Server.Tests.Support;

namespace Medatarun.Server.Tests.State;

/// <summary>Large documents, and who may send them.</summary>
[Collection(Alone.Name)]
public sealed class StateSizeTests
{
    private static readonly object Large = new
    {
        version = 1,
        groups = Enumerable.Range(0, 50).Select(number => new { key = $"group{number}", description = "A group.", roles = new[] { "reader" } }),
        users = Enumerable.Range(0, 2000).Select(number => new
        {
            username = $"user{number}", fullname = "Some One", email = $"user{number}@example.org", roles = new[] { "reader" },
            groups = new[] { $"group{number % 50}", $"group{(number + 7) % 50}" },
        }),
    };

    [Fact]
    public async Task Two_thousand_users_in_fifty_groups_are_compared_in_well_under_a_second()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        var applying = Stopwatch.StartNew();
        Assert.Equal(2050, (await admin.ApplyAsync(Large)).Differences().Length);
        applying.Stop();
        (await admin.CompareAsync(Large)).Ok();

        // Processor time, ours and the server's, which a busy machine does not change.
        var costs = new List<TimeSpan>();
        for (var i = 0; i < 5; i++)
        {
            var before = Process.GetCurrentProcess().TotalProcessorTime;
            var answer = await admin.CompareAsync(Large);
            costs.Add(Process.GetCurrentProcess().TotalProcessorTime - before);
            Assert.Empty(answer.Differences());
        }

        TestContext.Current.SendDiagnosticMessage($"applied in {applying.Elapsed}, compared for {costs.Min()} of processor time");
        Assert.True(costs.Min() < TimeSpan.FromSeconds(0.6), $"{costs.Min()}");
    }

    [Fact]
    public async Task A_large_document_is_read_of_those_who_may_and_of_nobody_else()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        await admin.CreateUserAsync("somebody");
        var somebody = await server.SignInAsync("somebody", "Sunny.Day.0123456");
        var body = $$"""{"document":{"version":1},"padding":"{{new string('x', 200_000)}}"}""";

        (await admin.PostAsync("/api/state/compare", body)).Ok();
        (await somebody.PostAsync("/api/state/compare", body)).Refused(403, "permission_denied");
        (await server.Anonymous.PostAsync("/api/state/compare", body)).Refused(401, "authentication_required");
        (await server.As("x.y.z").PostAsync("/api/state/compare", body)).Refused(401, "invalid_token");
    }

    [Fact]
    public async Task The_limit_that_is_named_is_the_one_of_the_operation()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        var padding = new string('x', (16 * 1024 * 1024) + 1);

        var large = await admin.PostAsync("/api/state/compare", $$"""{"document":{"version":1},"padding":"{{padding}}"}""");
        large.Refused(413, "request_too_large");
        Assert.Contains("16 MiB", large.Detail, StringComparison.Ordinal);
        var small = await admin.PostAsync("/api/auth/user_list", $$"""{"padding":"{{padding[..70_000]}}"}""");
        small.Refused(413, "request_too_large");
        Assert.Contains("64 KiB", small.Detail, StringComparison.Ordinal);
    }
}
