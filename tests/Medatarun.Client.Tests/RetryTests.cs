using Medatarun.Client.Tests.Servers;
using Medatarun.Contracts;
using Medatarun.Contracts.Auth;

namespace Medatarun.Client.Tests;

public sealed class RetryTests
{
    private static readonly string Done = ScriptedServer.Ok("""{"status":"ok"}""");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(429, "throttled")]
    [InlineData(503, "storage_unavailable")]
    public async Task A_request_that_was_put_off_is_sent_again_when_the_server_says(int status, string code)
    {
        var clock = new ManualTimeProvider(skipWaits: true);
        await using var server = new ScriptedServer(
            ScriptedServer.Problem(status, code, "Retry-After: 3\r\n"), ScriptedServer.Problem(status, code, "Retry-After: 7\r\n"), Done);

        var answer = await CallAsync(server, clock);

        Assert.Equal("ok", answer.Status);
        Assert.Equal([TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(7)], clock.Waits());
        Assert.Equal(3, server.Requests.Count);
        Assert.Single(server.Requests.Distinct());
    }

    [Fact]
    public async Task A_date_to_try_again_is_measured_by_the_connections_clock()
    {
        var clock = new ManualTimeProvider(skipWaits: true);
        var date = ManualTimeProvider.Start.AddSeconds(4).ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        await using var server = new ScriptedServer(ScriptedServer.Problem(503, "storage_unavailable", $"Retry-After: {date}\r\n"), Done);

        await CallAsync(server, clock);

        Assert.Equal([TimeSpan.FromSeconds(4)], clock.Waits());
    }

    [Fact]
    public async Task A_date_in_the_past_means_at_once()
    {
        var clock = new ManualTimeProvider(skipWaits: true);
        await using var server = new ScriptedServer(
            ScriptedServer.Problem(503, "storage_unavailable", "Retry-After: Sat, 01 Jan 2000 00:00:00 GMT\r\n"), Done);

        await CallAsync(server, clock);

        Assert.Empty(clock.Waits());
        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Trying_again_ends_after_the_allowed_number(int retries)
    {
        var clock = new ManualTimeProvider(skipWaits: true);
        await using var server = new ScriptedServer(ScriptedServer.Problem(429, "throttled", "Retry-After: 5\r\n"));

        var refusal = await Assert.ThrowsAsync<MedatarunException>(
            () => CallAsync(server, new ConnectionOptions { TimeProvider = clock, MaxRetries = retries }));

        Assert.Equal("throttled", refusal.Code);
        Assert.Equal(429, refusal.Status);
        Assert.Equal(TimeSpan.FromSeconds(5), refusal.RetryAfter);
        Assert.Equal(retries + 1, server.Requests.Count);
    }

    [Theory]
    [InlineData(429, "Retry-After: 11\r\n", 11)]
    [InlineData(503, "Retry-After: 86400\r\n", 86400)]
    [InlineData(429, "", null)]
    [InlineData(429, "Retry-After: soon\r\n", null)]
    [InlineData(429, "Retry-After: -3\r\n", null)]
    [InlineData(409, "Retry-After: 1\r\n", 1)]
    [InlineData(500, "Retry-After: 1\r\n", 1)]
    public async Task What_is_not_put_off_for_a_bearable_time_is_not_sent_again(int status, string header, int? seconds)
    {
        var clock = new ManualTimeProvider(skipWaits: true);
        await using var server = new ScriptedServer(ScriptedServer.Problem(status, "some_code", header), Done);

        var refusal = await Assert.ThrowsAsync<MedatarunException>(() => CallAsync(server, clock));

        Assert.Equal(status, refusal.Status);
        Assert.Equal(seconds is { } known ? TimeSpan.FromSeconds(known) : null, refusal.RetryAfter);
        Assert.Empty(clock.Waits());
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Whoever_waits_to_try_again_can_give_up()
    {
        var clock = new ManualTimeProvider(skipWaits: false);
        await using var server = new ScriptedServer(ScriptedServer.Problem(429, "throttled", "Retry-After: 5\r\n"), Done);
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(Stop);

        var call = new MedatarunConnection(server.Url, new ConnectionOptions { TimeProvider = clock })
            .InvokeAsync(AuthOperations.Logout, EmptyRequest.Instance, cancellationToken: giveUp.Token);
        await clock.NextWaitAsync(Stop);
        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Each_try_is_told_to_the_observer()
    {
        var told = new List<RequestReport>();
        await using var server = new ScriptedServer(ScriptedServer.Problem(429, "throttled", "Retry-After: 1\r\nX-Request-Id: r-1\r\n"), Done);

        await new MedatarunConnection(server.Url, new ConnectionOptions { TimeProvider = new ManualTimeProvider(skipWaits: true) })
            .InvokeAsync(AuthOperations.Logout, EmptyRequest.Instance, told.Add, Stop);

        Assert.Equal(["POST /api/auth/logout 429", "POST /api/auth/logout 200"], told.Select(one => $"{one.Method} {one.Path} {one.Status}"));
        Assert.Equal(["r-1", null], told.Select(one => one.RequestId));
    }

    private static Task<StatusResponse> CallAsync(ScriptedServer server, ManualTimeProvider clock) =>
        CallAsync(server, new ConnectionOptions { TimeProvider = clock });

    private static Task<StatusResponse> CallAsync(ScriptedServer server, ConnectionOptions options) =>
        new MedatarunConnection(server.Url, options).InvokeAsync(AuthOperations.Logout, EmptyRequest.Instance, cancellationToken: Stop);
}
