using Medatarun.Client.Tests.Servers;
using Medatarun.Contracts;
using Medatarun.Contracts.Auth;

namespace Medatarun.Client.Tests;

public sealed class RefreshTests : IAsyncDisposable
{
    private static readonly TimeSpan AlmostAnHour = TimeSpan.FromSeconds(3541);
    private static readonly TimeSpan OverAnHour = TimeSpan.FromSeconds(3601);

    private readonly RefreshingServer server = new();
    private readonly ManualTimeProvider clock = new(skipWaits: true);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task A_hundred_callers_with_an_expiring_token_refresh_once_and_go_on_with_the_new_one()
    {
        var release = HoldRefreshes();
        var connection = await SignInAsync();
        clock.Advance(AlmostAnHour);

        var calls = Enumerable.Range(0, 100).Select(_ => CallAsync(connection)).ToArray();
        release.SetResult();
        await Task.WhenAll(calls);

        Assert.Equal(["refresh-0"], server.Refreshes);
        Assert.Equal(Enumerable.Repeat("access-1", 100), server.Calls);
    }

    [Fact]
    public async Task A_hundred_callers_that_are_told_that_their_token_expired_refresh_once_and_send_again()
    {
        var connection = await SignInAsync();
        server.Expired.Add("access-0");

        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => CallAsync(connection), Stop)));

        Assert.Equal(["refresh-0"], server.Refreshes);
        Assert.Equal(100, server.Calls.Count(token => token == "access-1"));
        Assert.InRange(server.Calls.Count(token => token == "access-0"), 1, 100);
    }

    [Theory]
    [InlineData(3600, 3540)]
    [InlineData(300, 240)]
    [InlineData(299, 240)]
    [InlineData(60, 48)]
    [InlineData(5, 4)]
    public async Task A_token_is_renewed_a_minute_or_a_fifth_of_its_life_before_its_end(int lifetime, int seconds)
    {
        server.Lifetime = lifetime;
        var connection = await SignInAsync();

        clock.Advance(TimeSpan.FromSeconds(seconds - 1));
        await CallAsync(connection);
        Assert.Empty(server.Refreshes);

        clock.Advance(TimeSpan.FromSeconds(1));
        await CallAsync(connection);
        Assert.Equal(["refresh-0"], server.Refreshes);
    }

    [Fact]
    public async Task Each_refresh_uses_the_token_of_the_one_before_and_the_expiry_follows()
    {
        var connection = await SignInAsync();
        for (var hour = 0; hour < 3; hour++)
        {
            Assert.Equal(new DateTimeOffset(2025, 11, 22, 10 + hour, 0, 0, TimeSpan.Zero), connection.ExpiresAt);
            clock.Advance(AlmostAnHour);
            await CallAsync(connection);
        }

        Assert.Equal(["refresh-0", "refresh-1", "refresh-2"], server.Refreshes);
        Assert.Equal(["access-1", "access-2", "access-3"], server.Calls);
    }

    [Fact]
    public async Task A_new_token_that_is_told_to_have_expired_is_an_error_and_no_circle()
    {
        var connection = await SignInAsync();
        server.Expired.UnionWith(["access-0", "access-1"]);

        Assert.Equal("token_expired", (await RefusedAsync(connection)).Code);
        Assert.Equal(["access-0", "access-1"], server.Calls);
    }

    [Fact]
    public async Task A_session_that_is_over_says_so_to_everybody_who_waits_and_asks_for_a_sign_in()
    {
        var release = HoldRefreshes(ScriptedServer.Problem(400, "invalid_grant"));
        var connection = await SignInAsync();
        clock.Advance(OverAnHour);

        var calls = Enumerable.Range(0, 20).Select(_ => RefusedAsync(connection)).ToArray();
        release.SetResult();
        var refusals = await Task.WhenAll(calls);

        Assert.All(refusals, refusal =>
        {
            Assert.Equal(("token_expired", 401, "r-1"), (refusal.Code, refusal.Status, refusal.RequestId));
            Assert.Contains("Sign in again", refusal.Message, StringComparison.Ordinal);
            Assert.Equal("Sign in again to get a new token.", refusal.RecommendedAction);
        });
        Assert.Equal(["refresh-0"], server.Refreshes);
        Assert.Empty(server.Calls);
    }

    [Fact]
    public async Task A_refresh_token_that_was_refused_is_not_sent_again()
    {
        server.OnRefresh = (_, _) => Task.FromResult<string?>(ScriptedServer.Problem(400, "invalid_grant"));
        var connection = await SignInAsync();
        clock.Advance(OverAnHour);
        server.Expired.Add("access-0");

        await RefusedAsync(connection);
        Assert.Equal("token_expired", (await RefusedAsync(connection)).Code);

        Assert.Equal(["refresh-0"], server.Refreshes);
    }

    [Fact]
    public async Task A_session_that_cannot_go_on_is_used_to_its_end()
    {
        server.OnRefresh = (_, _) => Task.FromResult<string?>(ScriptedServer.Problem(400, "invalid_grant"));
        var connection = await SignInAsync();
        clock.Advance(AlmostAnHour);

        await CallAsync(connection);
        await CallAsync(connection);

        Assert.Equal(["refresh-0"], server.Refreshes);
        Assert.Equal(["access-0", "access-0"], server.Calls);
    }

    [Fact]
    public async Task An_answer_that_was_lost_is_asked_for_again_at_once()
    {
        server.Cuts = 1;
        var connection = await SignInAsync();
        clock.Advance(OverAnHour);

        await CallAsync(connection);

        Assert.Equal(["refresh-0", "refresh-0"], server.Refreshes);
        Assert.Equal(["access-1"], server.Calls);
    }

    [Fact]
    public async Task A_network_that_is_gone_loses_no_refresh_token()
    {
        server.Cuts = 2;
        var connection = await SignInAsync();
        clock.Advance(OverAnHour);

        Assert.Equal("server_unreachable", (await RefusedAsync(connection)).Code);
        await CallAsync(connection);

        Assert.Equal(["refresh-0", "refresh-0", "refresh-0"], server.Refreshes);
        Assert.Equal(["access-1"], server.Calls);
    }

    [Fact]
    public async Task While_the_server_cannot_refresh_a_good_token_goes_on_and_refreshing_rests_for_five_seconds()
    {
        server.OnRefresh = (_, _) => Task.FromResult<string?>(ScriptedServer.Problem(503, "storage_unavailable"));
        var connection = await SignInAsync();
        clock.Advance(AlmostAnHour);

        await CallAsync(connection);
        await CallAsync(connection);
        Assert.Single(server.Refreshes);

        server.OnRefresh = null;
        clock.Advance(TimeSpan.FromSeconds(5));
        await CallAsync(connection);
        Assert.Equal(["access-0", "access-0", "access-1"], server.Calls);
    }

    [Fact]
    public async Task Who_gives_up_waiting_does_not_take_the_refresh_from_the_others()
    {
        var release = HoldRefreshes();
        var connection = await SignInAsync();
        clock.Advance(OverAnHour);
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(Stop);

        var first = connection.InvokeAsync(AuthOperations.Logout, EmptyRequest.Instance, cancellationToken: giveUp.Token);
        var second = CallAsync(connection);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.False(second.IsCompleted);
        release.SetResult();
        await second;

        Assert.Equal(["refresh-0"], server.Refreshes);
        Assert.Equal(["access-1"], server.Calls);
    }

    [Fact]
    public async Task A_sign_in_asks_for_offline_access_unless_that_is_not_wanted()
    {
        var connection = new MedatarunConnection(server.Url);
        await connection.SignInAsync("john.doe", new Secret("x"), cancellationToken: Stop);
        await connection.SignInAsync("john.doe", new Secret("x"), offlineAccess: false, cancellationToken: Stop);

        Assert.Contains("\"offline_access\":true", server.Requests[0], StringComparison.Ordinal);
        Assert.DoesNotContain("\"offline_access\":true", server.Requests[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_somebody_brought_is_not_renewed()
    {
        var connection = (await SignInAsync()).WithToken(new Secret("access-0"), ManualTimeProvider.Start);
        clock.Advance(OverAnHour);
        server.Expired.Add("access-0");

        var refusal = await RefusedAsync(connection);

        Assert.Equal(("token_expired", "Refused."), (refusal.Code, refusal.Message));
        Assert.Empty(server.Refreshes);
    }

    [Fact]
    public async Task What_needs_no_token_does_not_refresh()
    {
        var connection = await SignInAsync();
        clock.Advance(OverAnHour);

        await connection.SignInAsync("john.doe", new Secret("x"), cancellationToken: Stop);

        Assert.Empty(server.Refreshes);
    }

    [Fact]
    public async Task A_raw_call_refreshes_too_and_who_began_is_told_of_it()
    {
        var connection = await SignInAsync();
        clock.Advance(OverAnHour);
        var told = new List<RequestReport>();

        await connection.InvokeRawAsync("auth", "logout", "{}"u8.ToArray(), told.Add, Stop);

        Assert.Equal(["/api/auth/token_refresh", "/api/auth/logout"], told.Select(report => report.Path));
        Assert.Equal(["access-1"], server.Calls);
    }

    [Fact]
    public async Task The_refresh_token_is_in_no_text_and_goes_to_no_other_operation()
    {
        var connection = await SignInAsync();
        clock.Advance(OverAnHour);
        var told = new List<RequestReport>();
        await connection.InvokeAsync(AuthOperations.Logout, EmptyRequest.Instance, told.Add, Stop);
        server.OnRefresh = (_, _) => Task.FromResult<string?>(ScriptedServer.Problem(400, "invalid_grant"));
        clock.Advance(OverAnHour);
        var refusal = await RefusedAsync(connection);

        Assert.All(told.Cast<object>().Append(connection).Append(refusal), text =>
            Assert.DoesNotContain("refresh-", text.ToString(), StringComparison.Ordinal));
        Assert.Equal(2, server.Requests.Count(request => request.Contains("refresh-", StringComparison.Ordinal)));
        Assert.All(
            server.Requests.Where(request => request.Contains("refresh-", StringComparison.Ordinal)),
            request => Assert.DoesNotContain("Authorization", request, StringComparison.OrdinalIgnoreCase));
    }

    private Task<MedatarunConnection> SignInAsync() =>
        new MedatarunConnection(server.Url, new ConnectionOptions { TimeProvider = clock })
            .SignInAsync("john.doe", new Secret("A.password.1234"), cancellationToken: Stop);

    private static Task<StatusResponse> CallAsync(MedatarunConnection connection) =>
        connection.InvokeAsync(AuthOperations.Logout, EmptyRequest.Instance, cancellationToken: Stop);

    private static Task<MedatarunException> RefusedAsync(MedatarunConnection connection) =>
        Assert.ThrowsAsync<MedatarunException>(() => CallAsync(connection));

    private TaskCompletionSource HoldRefreshes(string? answer = null)
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.OnRefresh = async (_, token) =>
        {
            await release.Task.WaitAsync(token);
            return answer;
        };
        return release;
    }
}
