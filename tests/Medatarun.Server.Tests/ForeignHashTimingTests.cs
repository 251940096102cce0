using System.Diagnostics;
using Medatarun.Server.Tests.Support;

namespace Medatarun.Server.Tests;

/// <summary>A wrong password takes the same time, whether an account was imported or made here.</summary>
[Collection(Alone.Name)]
public sealed class ForeignHashTimingTests
{
    // Costs a thousandth of what a hash here does: without the wait the answer would come at once.
    private const string Cheap = "100:AQIDBAUGBwgJCgsMDQ4PEA==:f0oZ6AB9KDLLao7hMfgHogwW0FxSkGzS2lSoDSevKwY=";

    [Fact]
    public async Task A_wrong_password_of_an_imported_account_takes_the_time_of_a_real_attempt()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync(iterations: 100_000);
        await using var _ = server;
        await admin.ImportAsync(Importing.Lines(Enumerable.Range(0, 12).Select(number => new { username = $"imported{number}", fullname = "A", password_hash = Cheap })));
        var real = new List<TimeSpan>();
        var imported = new List<TimeSpan>();
        for (var round = 0; round < 12; round++)
        {
            real.Add(await TimeAsync(server, $"nobody{round}"));
            imported.Add(await TimeAsync(server, $"imported{round}"));
        }

        // The quickest of each: what else the machine does makes times longer, and never shorter.
        Assert.True(imported.Min() > real.Min() * 0.8, $"imported {imported.Min().TotalMilliseconds} ms, real {real.Min().TotalMilliseconds} ms");
    }

    [Fact]
    public async Task What_a_real_attempt_takes_is_found_out_where_there_was_none_lately()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync(iterations: 100_000);
        await using var _ = server;
        await admin.ImportAsync(Importing.Lines(new { username = "imported", fullname = "A", password_hash = Cheap }));

        var before = server.Hashes.Computed;

        await TimeAsync(server, "imported");
        Assert.Equal(before + 2, server.Hashes.Computed);
        await TimeAsync(server, "imported");
        Assert.Equal(before + 3, server.Hashes.Computed);
    }

    private static async Task<TimeSpan> TimeAsync(TestServer server, string username)
    {
        var began = Stopwatch.GetTimestamp();
        (await server.Anonymous.CallAsync("login", new { username, password = "Wrong.password.1" })).Refused(401, "bad_credentials");
        return Stopwatch.GetElapsedTime(began);
    }
}
