using System.Text;
using System.Text.Json.Nodes;
using Medatarun.Client.Tests.Servers;
using Medatarun.Contracts;
using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;

namespace Medatarun.Client.Tests;

public sealed class RealServerTests(RealServer server)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Signing_in_gives_a_connection_that_knows_who_it_is_and_until_when()
    {
        var user = await server.CreateUserAsync(Stop);
        var connection = await server.Anonymous.SignInAsync(user.Username, RealServer.PasswordOf(user.Username), cancellationToken: Stop);

        var me = await WhoAmIAsync(connection);

        Assert.Equal((user.Id, user.Username, false, "User"), (me.Id, me.Username, me.Admin, me.Type));
        Assert.True(connection.HasToken);
        Assert.InRange(connection.ExpiresAt!.Value, DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddHours(1));
    }

    [Fact]
    public async Task What_holds_an_at_sign_signs_in_by_its_address()
    {
        var user = await server.CreateUserAsync(Stop);

        var connection = await server.Anonymous.SignInAsync(user.Email!, RealServer.PasswordOf(user.Username), cancellationToken: Stop);

        Assert.Equal(user.Id, (await WhoAmIAsync(connection)).Id);
    }

    [Fact]
    public async Task The_expiry_read_from_a_real_token_is_the_one_the_server_told()
    {
        var user = await server.CreateUserAsync(Stop);
        var answer = await server.Anonymous.InvokeAsync(
            AuthOperations.Login,
            new LoginRequest { Username = user.Username, Password = RealServer.PasswordOf(user.Username) },
            cancellationToken: Stop);

        Assert.Equal(answer.ExpiresAt, server.Anonymous.WithToken(answer.AccessToken).ExpiresAt);
    }

    [Fact]
    public async Task A_wrong_password_is_a_refusal_with_all_that_helps()
    {
        var refusal = await RefusedAsync(() =>
            server.Anonymous.SignInAsync(RealServer.AdminName, new Secret("Wrong.password.1"), cancellationToken: Stop));

        Assert.Equal(("bad_credentials", 401, "Bad credentials."), (refusal.Code, refusal.Status, refusal.Message));
        Assert.Equal(ProblemCatalogue.BadCredentials.Action, refusal.RecommendedAction);
        Assert.False(string.IsNullOrEmpty(refusal.RequestId));
        Assert.Empty(refusal.Errors);
        Assert.Null(refusal.RetryAfter);
    }

    [Fact]
    public async Task The_request_id_of_a_refusal_is_the_one_the_observer_was_told()
    {
        RequestReport? told = null;
        var refusal = await RefusedAsync(() =>
            server.Anonymous.InvokeAsync(AuthOperations.WhoAmI, EmptyRequest.Instance, report => told = report, Stop));

        Assert.Equal("authentication_required", refusal.Code);
        Assert.Equal(refusal.RequestId, told!.RequestId);
        Assert.Equal(401, told.Status);
        Assert.StartsWith("POST /api/auth/whoami 401 ", told.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_is_not_whole_is_refused_member_by_member()
    {
        var refusal = await RefusedAsync(() => server.Admin.InvokeAsync(
            AuthOperations.UserCreate, new UserCreateRequest { Username = "someone" }, cancellationToken: Stop));

        Assert.Equal(("invalid_request", 400), (refusal.Code, refusal.Status));
        Assert.Equal(["fullname", "password"], refusal.Errors.Keys.Order(StringComparer.Ordinal));
        Assert.All(refusal.Errors.Values, messages => Assert.NotEmpty(Assert.Single(messages)));
    }

    [Fact]
    public async Task Each_kind_of_refusal_keeps_its_code_and_status()
    {
        var user = await server.CreateUserAsync(Stop);
        var connection = await server.Anonymous.SignInAsync(user.Username, RealServer.PasswordOf(user.Username), cancellationToken: Stop);
        var again = new UserCreateRequest { Username = user.Username, Fullname = "Again", Password = RealServer.PasswordOf("again") };

        var notAllowed = await RefusedAsync(() => connection.InvokeAsync(AuthOperations.UserList, new UserListRequest(), cancellationToken: Stop));
        var taken = await RefusedAsync(() => server.Admin.InvokeAsync(AuthOperations.UserCreate, again, cancellationToken: Stop));
        var unknown = await RefusedAsync(() => server.Admin.InvokeAsync(
            AuthOperations.UserGet, new UserReference { Username = "nobody.there" }, cancellationToken: Stop));
        var noOperation = await RefusedAsync(() => server.Admin.InvokeRawAsync("auth", "no_such_thing", [], cancellationToken: Stop));
        var malformed = await RefusedAsync(() => server.Admin.InvokeRawAsync("auth", "user_get", "{"u8.ToArray(), cancellationToken: Stop));
        var tooLarge = await RefusedAsync(() => server.Admin.InvokeRawAsync("auth", "user_get", new byte[70_000], cancellationToken: Stop));

        Assert.Equal(("permission_denied", 403), (notAllowed.Code, notAllowed.Status));
        Assert.Equal(("user_already_exists", 409), (taken.Code, taken.Status));
        Assert.Equal(("user_not_found", 404), (unknown.Code, unknown.Status));
        Assert.Equal(("operation_not_found", 404), (noOperation.Code, noOperation.Status));
        Assert.Equal(("malformed_request", 400), (malformed.Code, malformed.Status));
        Assert.Equal(("request_too_large", 413), (tooLarge.Code, tooLarge.Status));
    }

    [Fact]
    public async Task A_disabled_users_connection_is_refused_at_the_next_call()
    {
        var user = await server.CreateUserAsync(Stop);
        var connection = await server.Anonymous.SignInAsync(user.Username, RealServer.PasswordOf(user.Username), cancellationToken: Stop);
        await WhoAmIAsync(connection);

        await server.Admin.InvokeAsync(AuthOperations.UserDisable, new UserReference { Id = user.Id }, cancellationToken: Stop);

        Assert.Equal("invalid_token", (await RefusedAsync(() => WhoAmIAsync(connection))).Code);
    }

    [Fact]
    public async Task Signing_out_ends_one_connection_and_no_other()
    {
        var user = await server.CreateUserAsync(Stop);
        var one = await server.Anonymous.SignInAsync(user.Username, RealServer.PasswordOf(user.Username), cancellationToken: Stop);
        var other = await one.SignInAsync(user.Username, RealServer.PasswordOf(user.Username), cancellationToken: Stop);

        await one.InvokeAsync(AuthOperations.Logout, EmptyRequest.Instance, cancellationToken: Stop);

        Assert.Equal("invalid_token", (await RefusedAsync(() => WhoAmIAsync(one))).Code);
        Assert.Equal(user.Id, (await WhoAmIAsync(other)).Id);
    }

    [Fact]
    public async Task One_connection_serves_fifty_callers_at_once()
    {
        var user = await server.CreateUserAsync(Stop);
        var connection = await server.Anonymous.SignInAsync(user.Username, RealServer.PasswordOf(user.Username), cancellationToken: Stop);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(number => Task.Run(
            async () => number % 2 == 0
                ? (await WhoAmIAsync(connection)).Id
                : (await server.Admin.InvokeAsync(AuthOperations.UserGet, new UserReference { Id = user.Id }, cancellationToken: Stop)).Id,
            Stop)));

        Assert.All(answers, id => Assert.Equal(user.Id, id));
    }

    [Fact]
    public async Task A_server_behind_a_path_is_reached()
    {
        var connection = new MedatarunConnection(server.UrlWithPath);

        await connection.PingAsync(cancellationToken: Stop);
        var signedIn = await connection.SignInAsync(RealServer.AdminName, RealServer.AdminPassword, cancellationToken: Stop);

        Assert.Equal(RealServer.AdminName, (await WhoAmIAsync(signedIn)).Username);
    }

    [Fact]
    public async Task A_raw_call_returns_the_answer_as_it_came()
    {
        var answer = await server.Admin.InvokeRawAsync("auth", "whoami", [], cancellationToken: Stop);

        Assert.Equal(RealServer.AdminName, (string?)JsonNode.Parse(Encoding.UTF8.GetString(answer))!["username"]);
    }

    [Theory]
    [InlineData("..", "health")]
    [InlineData("..", "..")]
    [InlineData(".", "auth")]
    [InlineData("auth", "../../health")]
    [InlineData("auth", "whoami?x=1")]
    [InlineData("auth", "whoami#")]
    [InlineData("", "")]
    public async Task A_raw_call_cannot_leave_the_operations(string group, string name)
    {
        var refusal = await RefusedAsync(() => server.Admin.InvokeRawAsync(group, name, [], cancellationToken: Stop));

        Assert.Contains(refusal.Code, new[] { "operation_not_found", "route_not_found" });
    }

    [Fact]
    public async Task A_ping_needs_no_token() => await server.Anonymous.PingAsync(cancellationToken: Stop);

    [Fact]
    public async Task Names_of_any_script_come_back_as_they_were_sent()
    {
        const string fullname = "Zoë Ångström-O’Hara 李小龙";
        var user = await server.CreateUserAsync(Stop);

        await server.Admin.InvokeAsync(
            AuthOperations.UserChangeFullName, new UserChangeFullNameRequest { Id = user.Id, Fullname = fullname }, cancellationToken: Stop);
        var read = await server.Admin.InvokeAsync(AuthOperations.UserGet, new UserReference { Id = user.Id }, cancellationToken: Stop);

        Assert.Equal(fullname, read.Fullname);
    }

    private static Task<WhoAmIResponse> WhoAmIAsync(MedatarunConnection connection) =>
        connection.InvokeAsync(AuthOperations.WhoAmI, EmptyRequest.Instance, cancellationToken: Stop);

    private static Task<MedatarunException> RefusedAsync(Func<Task> call) => Assert.ThrowsAsync<MedatarunException>(call);
}
