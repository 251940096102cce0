using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using Medatarun.Client.Tests.Servers;
using Medatarun.Contracts;
using Medatarun.Contracts.Auth;

namespace Medatarun.Client.Tests;

/// <summary>Refreshing at the real server, by a client whose clock says that it is time to.</summary>
public sealed class RealRefreshTests(RealServer server)
{
    private static readonly TimeSpan AlmostAnHour = TimeSpan.FromSeconds(3541);
    private static readonly TimeSpan OverAnHour = TimeSpan.FromSeconds(3601);

    private readonly ManualTimeProvider clock = new(skipWaits: true);
    private readonly ConcurrentQueue<RequestReport> told = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private int Refreshes => told.Count(report => report.Path.EndsWith("/token_refresh", StringComparison.Ordinal));

    [Fact]
    public async Task A_hundred_callers_refresh_once_and_their_session_goes_on()
    {
        var connection = await SignInAsync(server.Url);
        for (var round = 1; round <= 3; round++)
        {
            clock.Advance(AlmostAnHour);

            await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => WhoAmIAsync(connection), Stop)));

            Assert.Equal(round, Refreshes);
        }

        var session = Assert.Single((await connection.InvokeAsync(
            SessionOperations.SessionList, new CredentialListRequest(), cancellationToken: Stop)).Items);
        Assert.True(session.Current);
        Assert.True(session.Offline);
    }

    [Fact]
    public async Task An_answer_that_is_lost_on_the_way_is_had_again()
    {
        var refreshes = 0;
        await using var network = new ScriptedServer(async (request, token) =>
        {
            var answer = await ForwardAsync(request, token);
            return request.StartsWith("POST /api/auth/token_refresh ", StringComparison.Ordinal) && refreshes++ == 0 ? null : answer;
        });
        var connection = await SignInAsync(network.Url);
        clock.Advance(OverAnHour);

        await WhoAmIAsync(connection);
        clock.Advance(OverAnHour);
        await WhoAmIAsync(connection);

        Assert.Equal(3, refreshes);
    }

    [Fact]
    public async Task A_session_that_was_ended_asks_for_a_sign_in_when_its_token_expires()
    {
        var connection = await SignInAsync(server.Url);
        var id = (await connection.InvokeAsync(SessionOperations.SessionList, new CredentialListRequest(), cancellationToken: Stop)).Items.Single().Id;
        await server.Admin.InvokeAsync(SessionOperations.SessionRevoke, new SessionReference { Id = id }, cancellationToken: Stop);

        Assert.Equal("invalid_token", (await Assert.ThrowsAsync<MedatarunException>(() => WhoAmIAsync(connection))).Code);
        clock.Advance(OverAnHour);
        var refusal = await Assert.ThrowsAsync<MedatarunException>(() => WhoAmIAsync(connection));

        Assert.Equal(("token_expired", 401), (refusal.Code, refusal.Status));
        Assert.Contains("Sign in again", refusal.Message, StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty(refusal.RequestId));
    }

    private async Task<MedatarunConnection> SignInAsync(Uri url)
    {
        var user = await server.CreateUserAsync(Stop);
        return await new MedatarunConnection(url, new ConnectionOptions { TimeProvider = clock })
            .SignInAsync(user.Username, RealServer.PasswordOf(user.Username), cancellationToken: Stop);
    }

    private Task<WhoAmIResponse> WhoAmIAsync(MedatarunConnection connection) =>
        connection.InvokeAsync(AuthOperations.WhoAmI, EmptyRequest.Instance, told.Enqueue, Stop);

    private async Task<string> ForwardAsync(string request, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Url.Host, server.Url.Port, cancellationToken);
        await client.GetStream().WriteAsync(
            Encoding.UTF8.GetBytes(request.Replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n", StringComparison.Ordinal)), cancellationToken);
        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
        return await reader.ReadToEndAsync(cancellationToken);
    }
}
