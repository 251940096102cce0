using System.Net;
using System.Net.Http.Json;
using Medatarun.Contracts.ServerProcess;
using Xunit;

namespace Medatarun.Host.Tests.Processes;

public sealed class ServeTests : IDisposable
{
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TemporaryFolder folder = new();

    private string Home => folder.At("home");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task It_says_where_it_listens_and_answers_there()
    {
        await using var server = await RunningServer.StartAsync(Home);
        using var client = new HttpClient { BaseAddress = server.Url };

        var address = server.Url.Authority;
        Assert.Contains($"Starting REST API on http://{address} with publicBaseUrl=http://{address}\n", server.Output, StringComparison.Ordinal);
        Assert.Equal("""{"status":"ok"}""", await client.GetStringAsync(new Uri("health", UriKind.Relative)));
    }

    [Fact]
    public async Task Its_state_file_tells_others_where_it_is_and_is_gone_after_it()
    {
        await using var server = await RunningServer.StartAsync(Home);
        var state = server.State;

        Assert.Equal(server.Process.Id, state.Pid);
        Assert.Equal(Home, state.DataPath);
        Assert.Equal(server.LogPath, state.LogPath);
        Assert.True(state.BootstrapPending);
        Assert.False(state.Detached);
        Assert.False(state.Ephemeral);
        Assert.DoesNotContain(server.BootstrapSecret, await File.ReadAllTextAsync(server.StatePath), StringComparison.Ordinal);

        Assert.Equal(ServerExitCode.Success, (await server.StopAsync()).ExitCode);
        Assert.False(File.Exists(server.StatePath));
    }

    [Fact]
    public async Task Only_its_owner_can_read_what_it_makes()
    {
        await using var server = await RunningServer.StartAsync(Home);

        Assert.Equal(OwnersFile | UnixFileMode.UserExecute, File.GetUnixFileMode(Home));
        Assert.All(Directory.GetFiles(Home, "*", SearchOption.AllDirectories), path => Assert.Equal(OwnersFile, File.GetUnixFileMode(path)));
    }

    [Fact]
    public async Task The_bootstrap_secret_is_announced_once_and_never_in_the_log_file()
    {
        await using var server = await RunningServer.StartAsync(Home);
        var secret = server.BootstrapSecret;
        var rest = await server.StopAsync();

        Assert.True(secret.Length >= 64);
        Assert.DoesNotContain(secret, rest.Output + rest.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, await File.ReadAllTextAsync(server.LogPath), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_start_announces_another_secret_until_there_is_an_administrator_and_then_none()
    {
        await using var first = await RunningServer.StartAsync(Home);
        await first.StopAsync();
        await using var second = await RunningServer.StartAsync(Home);
        using var client = new HttpClient { BaseAddress = second.Url };
        using var refused = await BootstrapAsync(client, first.BootstrapSecret);
        using var accepted = await BootstrapAsync(client, second.BootstrapSecret);

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
        Assert.False(second.State.BootstrapPending);
        await second.StopAsync();

        await using var third = await RunningServer.StartAsync(Home, pending: false);
        var rest = await third.StopAsync();
        Assert.DoesNotContain("BOOTSTRAP", third.Output + rest.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Neither_log_nor_output_holds_a_password_or_a_token_that_passed_through()
    {
        await using var server = await RunningServer.StartAsync(Home);
        using var client = new HttpClient { BaseAddress = server.Url };
        using var answer = await BootstrapAsync(client, server.BootstrapSecret);
        var token = (await answer.Content.ReadAsStringAsync()).Split("\"access_token\":\"")[1].Split('"')[0];
        using var refused = await client.PostAsJsonAsync(
            new Uri("api/auth/login", UriKind.Relative), new { username = "admin\r\n\u001b[31m", password = "Sentinel.Wrong.1" });
        var rest = await server.StopAsync();

        var written = rest.Output + rest.Error + await File.ReadAllTextAsync(server.LogPath);
        Assert.All(
            new[] { "Sentinel", server.BootstrapSecret, token, token.Split('.')[2], "\u001b" },
            secret => Assert.DoesNotContain(secret, written, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_configured_bootstrap_secret_is_the_one_that_is_announced()
    {
        const string Secret = "configured-secret-0123456789";
        await using var server = await RunningServer.StartAsync(Home, [$"--medatarun.auth.bootstrap.secret={Secret}"]);
        Assert.Equal(Secret, server.BootstrapSecret);
    }

    [Fact]
    public async Task An_ephemeral_home_is_gone_with_the_server()
    {
        await using var server = await RunningServer.StartAsync(Home, ["--ephemeral"]);
        Assert.True(server.State.Ephemeral);
        await server.StopAsync();
        Assert.False(Directory.Exists(Home));
    }

    [Fact]
    public async Task A_home_that_others_can_read_is_warned_about_by_name()
    {
        Directory.CreateDirectory(Home);
        File.SetUnixFileMode(Home, (UnixFileMode)0b111_101_101);
        await using var server = await RunningServer.StartAsync(Home);
        Assert.Contains($"WARN  Medatarun: Other users can read {Home} (mode 755)", server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_kept_lives_in_the_database_file_alone_after_a_stop()
    {
        await using var server = await RunningServer.StartAsync(Home);
        using var client = new HttpClient { BaseAddress = server.Url };
        using var accepted = await BootstrapAsync(client, server.BootstrapSecret);
        await server.StopAsync();
        Assert.Equal(
            ["logs", "medatarun.db", "medatarun.lock"],
            Directory.GetFileSystemEntries(Home).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Registration_is_closed_unless_it_is_configured_open()
    {
        await using var server = await RunningServer.StartAsync(Home);
        using var client = new HttpClient { BaseAddress = server.Url };

        using var refused = await RegisterAsync(client);

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.DoesNotContain("Registration is open", server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_to_register_is_noticed_as_the_first_administrator_before_they_have_the_answer()
    {
        await using var server = await RunningServer.StartAsync(Home, ["--medatarun.auth.registration=open"]);
        using var client = new HttpClient { BaseAddress = server.Url };
        Assert.Contains("WARN  Medatarun: Registration is open and there is no administrator yet", server.Output, StringComparison.Ordinal);
        Assert.True(server.State.BootstrapPending);

        using var accepted = await RegisterAsync(client);

        Assert.Equal(HttpStatusCode.Created, accepted.StatusCode);
        Assert.False(server.State.BootstrapPending);
        var rest = await server.StopAsync();
        Assert.Contains("The first administrator was made", rest.Output, StringComparison.Ordinal);
        await using var second = await RunningServer.StartAsync(Home, ["--medatarun.auth.registration=open"], pending: false);
        var output = second.Output + (await second.StopAsync()).Output;
        Assert.DoesNotContain("BOOTSTRAP", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Registration is open", output, StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> RegisterAsync(HttpClient client) => client.PostAsJsonAsync(
        new Uri("api/auth/register", UriKind.Relative), new { email = "john@example.com", password = "Sentinel.Password.1" });

    private static Task<HttpResponseMessage> BootstrapAsync(HttpClient client, string secret) => client.PostAsJsonAsync(
        new Uri("api/auth/admin_bootstrap", UriKind.Relative),
        new { secret, username = "admin", fullname = "Administrator", password = "Sentinel.Password.1" });
}
