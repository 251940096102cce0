using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace Medatarun.Host.Tests.Processes;

public sealed class RefreshAfterKillTests : IDisposable
{
    private const string Password = "Sunny.Day.0123456";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_client_whose_refresh_was_cut_by_a_kill_gets_the_same_answer_from_the_next_server()
    {
        string used;
        string answer;
        await using (var killed = await RunningServer.StartAsync(folder.At("home")))
        {
            used = await SignInAsync(killed);
            answer = await RefreshAsync(killed, used, HttpStatusCode.OK);
            killed.Process.Kill();
            await killed.Process.WaitForExitAsync();
        }

        await using var server = await RunningServer.StartAsync(folder.At("home"), pending: false);
        Assert.Equal(answer, await RefreshAsync(server, used, HttpStatusCode.OK));
        var successor = Member(answer, "refresh_token");
        await RefreshAsync(server, successor, HttpStatusCode.OK);
        await RefreshAsync(server, successor[..^1] + "!", HttpStatusCode.BadRequest);
    }

    private static async Task<string> SignInAsync(RunningServer server)
    {
        using var client = new HttpClient { BaseAddress = server.Url };
        using var made = await client.PostAsJsonAsync(
            new Uri("api/auth/admin_bootstrap", UriKind.Relative),
            new { secret = server.BootstrapSecret, username = "admin", fullname = "Administrator", password = Password });
        using var signedIn = await client.PostAsJsonAsync(
            new Uri("api/auth/login", UriKind.Relative), new { username = "admin", password = Password, offline_access = true });
        return Member(await signedIn.Content.ReadAsStringAsync(), "refresh_token");
    }

    private static async Task<string> RefreshAsync(RunningServer server, string token, HttpStatusCode expected)
    {
        using var client = new HttpClient { BaseAddress = server.Url };
        using var answer = await client.PostAsJsonAsync(new Uri("api/auth/token_refresh", UriKind.Relative), new { refresh_token = token });
        Assert.Equal(expected, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    private static string Member(string json, string name)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty(name).GetString()!;
    }
}
