using System.Text.Json;
using Medatarun.Server.Tests.Support;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Medatarun.Server.Tests;

public sealed class SignInTests
{
    private const string Password = "Sunny.Day.0123456";

    [Fact]
    public async Task A_sign_in_answers_with_a_token_and_who_signed_in()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        await admin.CallAsync("user_create", new { username = "john.doe", fullname = "John Doe", password = Password, email = "John@Example.org" });

        var answer = await server.Anonymous.CallAsync("login", new { username = "john.doe", password = Password });

        var signedIn = answer.Ok();
        Assert.Equal("no-store", answer.Headers["Cache-Control"]);
        Assert.Equal(3600, signedIn.GetProperty("expires_in").GetInt64());
        Assert.Equal(server.Clock.GetUtcNow().AddHours(1), signedIn.GetProperty("expires_at").GetDateTimeOffset());
        Assert.Equal(JsonValueKind.Null, signedIn.GetProperty("role").ValueKind);
        var user = signedIn.GetProperty("user");
        Assert.Equal("john.doe", user.GetProperty("username").GetString());
        Assert.Equal("John@Example.org", user.GetProperty("email").GetString());
        Assert.Equal("John Doe", user.GetProperty("fullname").GetString());
        Assert.Equal(0, user.GetProperty("groups").GetArrayLength());
    }

    [Fact]
    public async Task The_token_carries_the_claims_of_the_contract()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;

        var token = new JsonWebToken(admin.Token);

        Assert.Equal("ES256", token.Alg);
        Assert.Equal("at+jwt", token.Typ);
        var payload = JsonDocument.Parse(Microsoft.IdentityModel.Tokens.Base64UrlEncoder.Decode(token.EncodedPayload)).RootElement;
        Assert.Equal("urn:medatarun:internal", payload.GetProperty("iss").GetString());
        Assert.Equal("medatarun", payload.GetProperty("aud").GetString());
        Assert.True(Guid.TryParse(payload.GetProperty("sub").GetString(), out var id) && id.Version == 7);
        Assert.Equal(3600, payload.GetProperty("exp").GetInt64() - payload.GetProperty("iat").GetInt64());
        Assert.Equal("admin", payload.GetProperty("preferred_username").GetString());
        Assert.Equal("Administrator", payload.GetProperty("name").GetString());
        Assert.Equal("admin", payload.GetProperty("role").GetString());
        Assert.Equal(JsonValueKind.Array, payload.GetProperty("groups").ValueKind);
        Assert.True(Guid.TryParse(payload.GetProperty("sid").GetString(), out var session) && session.Version == 7);
        Assert.NotEmpty(payload.GetProperty("jti").GetString()!);
    }

    [Fact]
    public async Task An_e_mail_address_signs_in_without_regard_to_case()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        await admin.CallAsync("user_create", new { username = "john.doe", fullname = "John", password = Password, email = "John@Example.org" });

        (await server.Anonymous.CallAsync("login", new { email = "jOHN@example.ORG", password = Password })).Ok();
    }

    [Fact]
    public async Task Every_failure_is_the_same_answer_but_for_the_request_id()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        await admin.CreateUserAsync("john.doe", Password);
        await admin.CreateUserAsync("disabled", Password);
        (await admin.CallAsync("user_disable", new { username = "disabled" })).Ok();

        object[] attempts =
        [
            new { username = "john.doe", password = "not the password" },
            new { username = "nobody", password = Password },
            new { username = "disabled", password = Password },
            new { username = "Not A Username", password = Password },
            new { username = new string('x', 5000), password = Password },
            new { email = "nobody@example.org", password = Password },
            new { username = "john.doe", password = new string('p', 5000) },
        ];
        var bodies = new HashSet<string>();
        foreach (var attempt in attempts)
        {
            var answer = await server.Anonymous.CallAsync("login", attempt);
            answer.Refused(401, "bad_credentials");
            bodies.Add(answer.Body.Replace(answer.Headers["X-Request-Id"], "", StringComparison.Ordinal));
        }

        Assert.Single(bodies);
    }

    [Theory]
    [InlineData("""{"username":"john.doe"}""", "password")]
    [InlineData("""{"password":"x"}""", "username")]
    [InlineData("""{"username":"john.doe","password":""}""", "password")]
    public async Task A_missing_member_is_named(string body, string member)
    {
        await using var server = await TestServer.StartAsync();

        var problem = (await server.Anonymous.PostAsync("/api/auth/login", body)).Refused(400, "invalid_request");

        Assert.True(problem.GetProperty("errors").TryGetProperty(member, out _));
    }

    [Fact]
    public async Task A_stale_token_does_not_stand_in_the_way_of_signing_in()
    {
        var (server, _) = await TestServer.StartWithAdminAsync();
        await using var __ = server;

        (await server.As("stale").CallAsync("login", new { username = TestServer.AdminName, password = TestServer.AdminPassword })).Ok();
    }

    [Fact]
    public async Task Signing_out_ends_the_session_at_once_and_no_other()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        var other = await server.SignInAsync(TestServer.AdminName, TestServer.AdminPassword);

        (await admin.CallAsync("logout")).Ok();

        (await admin.CallAsync("whoami")).Refused(401, "invalid_token");
        (await other.CallAsync("whoami")).Ok();
    }

    [Fact]
    public async Task A_hash_of_fewer_iterations_is_upgraded_when_its_owner_signs_in()
    {
        var folder = Directory.CreateTempSubdirectory("medatarun-test-").FullName;
        await using (var weak = await TestServer.StartAsync(folder, iterations: 1000))
        {
            await weak.BootstrapAsync();
        }

        await using (var strong = await TestServer.StartAsync(folder, iterations: 2000))
        {
            await strong.SignInAsync(TestServer.AdminName, TestServer.AdminPassword);
            Assert.StartsWith("$pbkdf2-sha512$i=2000$", Database.Text(strong, "SELECT password_hash FROM users"), StringComparison.Ordinal);
            await strong.SignInAsync(TestServer.AdminName, TestServer.AdminPassword);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task New_hashes_have_at_least_220000_iterations_unless_a_test_lowers_them()
    {
        Assert.InRange(new MedatarunServerOptions().PasswordIterations, 220_000, int.MaxValue);
        var (server, _) = await TestServer.StartWithAdminAsync(iterations: new MedatarunServerOptions().PasswordIterations);
        await using var __ = server;

        Assert.StartsWith("$pbkdf2-sha512$i=220000$", Database.Text(server, "SELECT password_hash FROM users"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changing_the_own_password_keeps_this_session_and_ends_the_others()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        await admin.CreateUserAsync("john.doe", Password);
        var here = await server.SignInAsync("john.doe", Password);
        var elsewhere = await server.SignInAsync("john.doe", Password);

        (await here.CallAsync("change_my_password", new { oldPassword = Password, newPassword = "Rainy.Day.0123456" })).Ok();

        (await here.CallAsync("whoami")).Ok();
        (await elsewhere.CallAsync("whoami")).Refused(401, "invalid_token");
        (await server.Anonymous.CallAsync("login", new { username = "john.doe", password = Password })).Refused(401, "bad_credentials");
        await server.SignInAsync("john.doe", "Rainy.Day.0123456");
    }

    [Fact]
    public async Task Changing_the_own_password_needs_the_old_one_and_takes_both_spellings()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;

        (await admin.CallAsync("change_my_password", new { old_password = "wrong", new_password = "Rainy.Day.0123456" }))
            .Refused(403, "bad_old_password");
        (await admin.CallAsync("change_my_password", new { old_password = TestServer.AdminPassword, new_password = "short" }))
            .Refused(400, "bad_password");
        (await admin.CallAsync("change_my_password", new { old_password = TestServer.AdminPassword, new_password = "Rainy.Day.0123456" })).Ok();
    }

    [Fact]
    public async Task A_password_set_by_an_administrator_ends_every_session_of_the_user()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        await admin.CreateUserAsync("john.doe", Password);
        var john = await server.SignInAsync("john.doe", Password);

        (await admin.CallAsync("user_change_password", new { username = "john.doe", password = "Rainy.Day.0123456" })).Ok();

        (await john.CallAsync("whoami")).Refused(401, "invalid_token");
        (await admin.CallAsync("whoami")).Ok();
    }

    [Fact]
    public async Task What_the_hash_queue_cannot_hold_is_refused_at_once_with_a_time_to_retry()
    {
        var (server, _) = await TestServer.StartWithAdminAsync(iterations: 220_000, configure: options => options.HashQueueLength = 2);
        await using var __ = server;

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ =>
            server.Anonymous.CallAsync("login", new { username = TestServer.AdminName, password = TestServer.AdminPassword })));

        var refused = answers.Where(answer => answer.Status != 200).ToArray();
        Assert.NotEmpty(refused);
        Assert.Contains(answers, answer => answer.Status == 200);
        Assert.All(refused, answer =>
        {
            answer.Refused(429, "throttled");
            Assert.True(int.Parse(answer.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture) > 0);
        });
    }
}
