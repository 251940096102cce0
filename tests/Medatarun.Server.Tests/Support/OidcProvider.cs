using System.ComponentModel;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Medatarun.Server.Tests.Support;

/// <summary>
/// A provider that this project did not write (oidc-provider, in Node), on a free port of this machine. Where Node or its registry is
/// not there, the test that asks for it is skipped, with the reason.
/// </summary>
internal sealed class OidcProvider : IAsyncDisposable
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "OidcProvider");

    // Two tests that install into one folder would be in each other's way.
    private static readonly SemaphoreSlim Installing = new(1);

    private readonly Process process;
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false });

    private OidcProvider(Process process, string issuer)
    {
        this.process = process;
        Issuer = issuer;
    }

    /// <summary>Its <c>iss</c>, and where it is.</summary>
    public string Issuer { get; }

    /// <summary>Starts one whose access tokens are signed by an algorithm, for an audience.</summary>
    public static async Task<OidcProvider> StartAsync(string algorithm, string audience)
    {
        await InstallAsync();
        var process = Start("node", "provider.mjs", algorithm, audience);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var issuer = await process.StandardOutput.ReadLineAsync(patience.Token);
        if (issuer is null)
        {
            Assert.Fail($"The provider did not start: {await process.StandardError.ReadToEndAsync(patience.Token)}");
        }

        // Nobody reads on: what it says further must not fill the pipe.
        _ = process.StandardError.ReadToEndAsync();
        return new OidcProvider(process, issuer);
    }

    /// <summary>A token of a client's own (RFC 6749 §4.4), for the audience.</summary>
    public async Task<string> TokenAsync(string client = "pipeline")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Issuer}/token")
        {
            Content = new FormUrlEncodedContent([new("grant_type", "client_credentials")]),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{client}:{client}-secret")));
        using var response = await http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, body);
        return JsonDocument.Parse(body).RootElement.GetProperty("access_token").GetString()!;
    }

    public async Task StopAsync()
    {
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        process.Dispose();
        http.Dispose();
    }

    private static async Task InstallAsync()
    {
        await Installing.WaitAsync();
        try
        {
            var installed = Path.Combine(Folder, "node_modules", "oidc-provider", "package.json");
            if (!File.Exists(installed))
            {
                using var npm = Start(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
                npm.StandardInput.Close();
                var output = npm.StandardOutput.ReadToEndAsync();
                var errors = await npm.StandardError.ReadToEndAsync();
                await npm.WaitForExitAsync();
                Assert.SkipUnless(npm.ExitCode == 0, $"npm cannot install oidc-provider: {errors} {await output}");
            }
        }
        finally
        {
            Installing.Release();
        }
    }

    private static Process Start(string program, params string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = Folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            })!;
        }
        catch (Win32Exception exception)
        {
            Assert.Skip($"{program} is not on this machine: {exception.Message}");
            throw;
        }
    }
}
