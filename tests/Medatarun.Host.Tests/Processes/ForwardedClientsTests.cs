using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace Medatarun.Host.Tests.Processes;

/// <summary>Where a client comes from, as the server sees it behind proxies and without.</summary>
public sealed class ForwardedClientsTests : IDisposable
{
    private const string Key = "medatarun.server.trusted.proxies";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("127.0.0.1", "203.0.113.9", "203.0.113.9")]
    [InlineData("127.0.0.0/8", "203.0.113.9", "203.0.113.9")]
    // What a client claims stands to the left of what the proxy saw.
    [InlineData("127.0.0.1", "192.0.2.66, 203.0.113.9", "203.0.113.9")]
    [InlineData("127.0.0.1,10.0.0.0/8", "192.0.2.66, 203.0.113.9, 10.1.2.3", "203.0.113.9")]
    [InlineData("127.0.0.1", "2001:db8::1", "2001:db8::1")]
    [InlineData("127.0.0.1", "nonsense", "127.0.0.1")]
    [InlineData("10.0.0.0/8", "203.0.113.9", "127.0.0.1")]
    [InlineData(null, "203.0.113.9", "127.0.0.1")]
    public async Task A_configured_proxy_is_believed_and_nobody_else(string? proxies, string forwarded, string seen)
    {
        await using var server = await RunningServer.StartAsync(folder.At("home"), proxies is null ? [] : [$"--{Key}={proxies}"]);
        using var client = new HttpClient { BaseAddress = server.Url };
        client.DefaultRequestHeaders.TryAddWithoutValidation("X-Forwarded-For", forwarded);

        var token = await BootstrapAsync(client, server.BootstrapSecret);

        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var sessions = await client.GetFromJsonAsync<JsonElement>(new Uri("api/auth/session_list", UriKind.Relative));
        Assert.Equal(seen, sessions.GetProperty("items")[0].GetProperty("address").GetString());
    }

    [Fact]
    public async Task A_proxy_that_is_not_configured_is_warned_about_once_by_its_key()
    {
        await using var server = await RunningServer.StartAsync(folder.At("home"));
        using var client = new HttpClient { BaseAddress = server.Url };
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
        for (var i = 0; i < 3; i++)
        {
            await client.GetStringAsync(new Uri("health", UriKind.Relative));
        }

        var output = (await server.StopAsync()).Output;

        Assert.Single(output.Split('\n'), line => line.Contains("WARN", StringComparison.Ordinal));
        Assert.Contains($"A request from 127.0.0.1 came with X-Forwarded-For, which is ignored. If that is a proxy of yours, name it in {Key}", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Behind_a_configured_proxy_that_speaks_https_the_server_names_itself_by_https_and_warns_about_nothing()
    {
        await using var server = await RunningServer.StartAsync(folder.At("home"), [$"--{Key}=127.0.0.1"]);
        using var client = new HttpClient { BaseAddress = server.Url };
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "192.0.2.66, 203.0.113.9");
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");

        var document = await client.GetFromJsonAsync<JsonElement>(new Uri(".well-known/openid-configuration", UriKind.Relative));

        Assert.StartsWith("https://", document.GetProperty("jwks_uri").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("WARN", (await server.StopAsync()).Output, StringComparison.Ordinal);
    }

    private static async Task<string> BootstrapAsync(HttpClient client, string secret)
    {
        using var answer = await client.PostAsJsonAsync(
            new Uri("api/auth/admin_bootstrap", UriKind.Relative),
            new { secret, username = "admin", fullname = "Administrator", password = "admin.0123456789" });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
    }
}
