using System.Diagnostics;
using Medatarun.Client.Tests.Servers;
using Medatarun.Contracts;
using Medatarun.Contracts.Auth;

namespace Medatarun.Client.Tests;

/// <summary>A server that takes a request and then says nothing, or not enough.</summary>
public sealed class WaitingTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{\"issuer\":")]
    public async Task A_server_that_does_not_answer_in_time_is_not_waited_for(string beginning)
    {
        await using var server = Hanging(beginning);
        var connection = new MedatarunConnection(server.Url, new ConnectionOptions { Timeout = TimeSpan.FromMilliseconds(100) });

        var refusal = await Assert.ThrowsAsync<MedatarunException>(
            () => connection.InvokeAsync(AuthOperations.WhoAmI, EmptyRequest.Instance, cancellationToken: Stop));

        Assert.Equal("request_timed_out", refusal.Code);
        Assert.Contains("0.1 seconds", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(ClientProblems.RequestTimedOut.Action, refusal.RecommendedAction);
    }

    [Fact]
    public async Task Giving_up_takes_less_than_a_fifth_of_a_second()
    {
        await using var server = Hanging("");
        var connection = new MedatarunConnection(server.Url);
        var best = TimeSpan.MaxValue;
        for (var attempt = 0; attempt < 5; attempt++)
        {
            var arrived = server.Requests.Count;
            using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(Stop);
            var call = connection.InvokeAsync(AuthOperations.WhoAmI, EmptyRequest.Instance, cancellationToken: giveUp.Token);
            while (server.Requests.Count == arrived)
            {
                Stop.ThrowIfCancellationRequested();
                await Task.Yield();
            }

            var started = Stopwatch.GetTimestamp();
            await giveUp.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
            var elapsed = Stopwatch.GetElapsedTime(started);
            best = elapsed < best ? elapsed : best;
        }

        // The best of five: a busy machine may delay one, but not all of them.
        Assert.InRange(best, TimeSpan.Zero, TimeSpan.FromMilliseconds(200));
    }

    [Fact]
    public async Task What_was_given_up_before_it_began_is_not_sent()
    {
        await using var server = Hanging("");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new MedatarunConnection(server.Url)
            .InvokeAsync(AuthOperations.WhoAmI, EmptyRequest.Instance, cancellationToken: new CancellationToken(canceled: true)));

        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_ping_is_given_up_and_times_out_as_any_request()
    {
        await using var server = Hanging("");
        var connection = new MedatarunConnection(server.Url, new ConnectionOptions { Timeout = TimeSpan.FromMilliseconds(100) });

        var refusal = await Assert.ThrowsAsync<MedatarunException>(() => connection.PingAsync(cancellationToken: Stop));

        Assert.Equal("request_timed_out", refusal.Code);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => connection.PingAsync(cancellationToken: new CancellationToken(canceled: true)));
    }

    private static ScriptedServer Hanging(string beginning) => new(async (_, stream, token) =>
    {
        await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(beginning), token);
        await Task.Delay(Timeout.Infinite, token);
    });
}
