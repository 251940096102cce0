using System.Net;
using System.Net.Http.Json;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Medatarun.Host.Tests.Processes;

public sealed class GuessingAfterKillTests : IDisposable
{
    private const string Password = "admin.0123456789";

    private readonly TemporaryFolder folder = new();

    private string Home => folder.At("home");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_guess_that_a_kill_cut_off_has_failed_and_the_right_password_is_refused_after_the_next_start()
    {
        await using (var server = await RunningServer.StartAsync(Home))
        {
            await BootstrapAsync(server);
            Assert.Equal(HttpStatusCode.Unauthorized, await LoginAsync(server.Url, "wrong"));
            await server.StopAsync();
        }

        // The next failure is followed by a wait of 80 seconds, which no start takes.
        Change("UPDATE sign_in_lanes SET failures = 8");
        await using (var server = await RunningServer.StartAsync(Home, pending: false))
        {
            var guess = LoginAsync(server.Url, "wrong");
            // Its hash takes a tenth of a second, and is not begun before this.
            while (Failures() < 9)
            {
                await Task.Delay(1);
            }

            server.Process.Kill();
            await Record.ExceptionAsync(() => guess);
        }

        await using (var server = await RunningServer.StartAsync(Home, pending: false))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await LoginAsync(server.Url, Password));
            Assert.Equal(9, Failures());
            await server.StopAsync();
        }

        Change("UPDATE sign_in_lanes SET blocked_until = 0");
        await using var last = await RunningServer.StartAsync(Home, pending: false);
        Assert.Equal(HttpStatusCode.OK, await LoginAsync(last.Url, Password));
    }

    private static async Task BootstrapAsync(RunningServer server)
    {
        using var client = new HttpClient { BaseAddress = server.Url };
        using var answer = await client.PostAsJsonAsync(
            new Uri("api/auth/admin_bootstrap", UriKind.Relative),
            new { secret = server.BootstrapSecret, username = "admin", fullname = "Administrator", password = Password });
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<HttpStatusCode> LoginAsync(Uri url, string password)
    {
        using var client = new HttpClient { BaseAddress = url };
        using var answer = await client.PostAsJsonAsync(new Uri("api/auth/login", UriKind.Relative), new { username = "admin", password });
        return answer.StatusCode;
    }

    private long Failures() => Run("SELECT SUM(failures) FROM sign_in_lanes", command => (long)command.ExecuteScalar()!);

    private void Change(string sql) => Run(sql, command => command.ExecuteNonQuery());

    private T Run<T>(string sql, Func<SqliteCommand, T> run)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Home, "medatarun.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        return run(command);
    }
}
