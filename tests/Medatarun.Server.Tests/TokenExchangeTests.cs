using Medatarun.Server.Tests.Support;

namespace Medatarun.Server.Tests;

public sealed class TokenExchangeTests
{
    private const string Path = "/auth/token";
    private const string Exchange = "urn:ietf:params:oauth:grant-type:token-exchange";
    private const string Bearer = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private const string TypePrefix = "urn:ietf:params:oauth:token-type:";

    private static string ExchangeForm(string token, string more = "") =>
        $"grant_type={Exchange}&subject_token={token}&subject_token_type={TypePrefix}jwt{more}";

    private static async Task<string?> RolesOfAsync(TestCaller caller) => (await caller.CallAsync("whoami")).Ok().GetProperty("roles").GetRawText();

    [Fact]
    public async Task A_token_is_exchanged_for_a_short_session_with_what_the_rules_give()
    {
        await using var setup = await ExternalSetup.StartAsync(configure: options => options.AccessTokenLifetime = TimeSpan.FromHours(8));
        await setup.RuleAsync();

        var answer = (await setup.ExchangeAsync(setup.Token("pipeline", ("repository", "org/infra"), ("name", "The Pipeline")))).Ok();

        Assert.Equal((3600, "provisioner"), (answer.GetProperty("expires_in").GetInt32(), answer.GetProperty("role").GetString()));
        Assert.False(answer.TryGetProperty("refresh_token", out _));
        var user = answer.GetProperty("user");
        Assert.Equal(
            ("pipeline", "The Pipeline", """["provisioner"]""", false),
            (user.GetProperty("username").GetString(), user.GetProperty("fullname").GetString(), user.GetProperty("roles").GetRawText(), user.GetProperty("admin").GetBoolean()));
        var session = setup.Server.As(answer);
        var who = (await session.CallAsync("whoami")).Ok();
        Assert.Equal(
            (setup.Issuer.Address, "pipeline", "The Pipeline"),
            (who.GetProperty("issuer").GetString(), who.GetProperty("sub").GetString(), who.GetProperty("fullname").GetString()));
        Assert.Equal(user.GetProperty("id").GetString(), who.GetProperty("id").GetString());
        Assert.Equal(["ci/pipeline ok"], setup.Records("token_exchange"));
        await session.CreateUserAsync("made.by.pipeline");

        // Like any session: listed, and ended.
        Assert.Equal(1, (await session.CallAsync("session_list")).Ok().GetProperty("items").GetArrayLength());
        (await session.CallAsync("logout")).Ok();
        (await session.CallAsync("whoami")).Refused(401, "invalid_token");
    }

    [Fact]
    public async Task A_session_ends_after_an_hour_and_not_with_the_token()
    {
        await using var setup = await ExternalSetup.StartAsync();
        var claims = setup.Issuer.Claims(setup.Server.Clock.GetUtcNow());
        claims["exp"] = setup.Server.Clock.GetUtcNow().AddMinutes(5).ToUnixTimeSeconds();
        var session = setup.Server.As((await setup.ExchangeAsync(setup.Issuer.Key.Sign(claims))).Ok());

        setup.Server.Clock.Advance(TimeSpan.FromMinutes(59));
        (await session.CallAsync("whoami")).Ok();
        setup.Server.Clock.Advance(TimeSpan.FromMinutes(2));
        (await session.CallAsync("whoami")).Refused(401, "token_expired");
    }

    [Fact]
    public async Task Exchanging_without_end_ends_the_oldest_session()
    {
        await using var setup = await ExternalSetup.StartAsync();
        var token = setup.Token();
        var oldest = setup.Server.As((await setup.ExchangeAsync(token)).Ok());
        // Ids are made of the time, in milliseconds.
        setup.Server.Clock.Advance(TimeSpan.FromSeconds(1));
        foreach (var chunk in Enumerable.Range(1, 999).Chunk(100))
        {
            await Task.WhenAll(chunk.Select(_ => setup.ExchangeAsync(token)));
        }

        (await oldest.CallAsync("whoami")).Ok();
        var newest = setup.Server.As((await setup.ExchangeAsync(token)).Ok());
        (await oldest.CallAsync("whoami")).Refused(401, "invalid_token");
        (await newest.CallAsync("whoami")).Ok();
        Assert.Equal("1000", Database.Text(setup.Server, "SELECT COUNT(*) FROM sessions WHERE issuer_id IS NOT NULL"));
    }

    [Fact]
    public async Task What_no_trusted_issuer_signed_is_refused_and_leaves_no_record()
    {
        await using var setup = await ExternalSetup.StartAsync();
        await using var stranger = await TestIssuer.StartAsync();
        var own = await setup.Server.SignInAsync(TestServer.AdminName, TestServer.AdminPassword);
        var (_, apiToken) = await setup.Server.ApiTokenAsync(own);
        var good = setup.Token();
        var expired = setup.Issuer.Claims(setup.Server.Clock.GetUtcNow().AddHours(-3)).DeepClone();

        foreach (var token in new[] { "x", "a.b.c", own.Token, apiToken.Token, stranger.Token(setup.Server), good[..^4] + "AAAA" })
        {
            (await setup.ExchangeAsync(token)).Refused(401, "invalid_token");
            (await setup.Server.Anonymous.FormAsync(Path, ExchangeForm(token))).OAuthError(400, "invalid_request");
            (await setup.Server.Anonymous.FormAsync(Path, $"grant_type={Bearer}&assertion={token}")).OAuthError(400, "invalid_grant");
        }

        (await setup.ExchangeAsync(setup.Issuer.Key.Sign(expired))).Refused(401, "token_expired");
        Assert.Empty(setup.Records("token_exchange"));
        Assert.Equal("0", Database.Text(setup.Server, "SELECT COUNT(*) FROM actors WHERE kind = 'external'"));
    }

    [Theory]
    [InlineData($"grant_type={Exchange}&subject_token=$&subject_token_type={TypePrefix}jwt")]
    [InlineData($"grant_type={Exchange}&subject_token=$&subject_token_type={TypePrefix}id_token&requested_token_type={TypePrefix}access_token")]
    [InlineData($"grant_type={Exchange}&subject_token=$&subject_token_type={TypePrefix}access_token&requested_token_type={TypePrefix}jwt&actor_token=")]
    [InlineData($"grant_type={Exchange}&subject_token=$&subject_token_type={TypePrefix}jwt&audience=medatarun&audience=@&resource=@&resource=@/")]
    [InlineData($"grant_type={Bearer}&assertion=$")]
    [InlineData($"grant_type={Bearer}&assertion=$&audience=medatarun&audience=medatarun")]
    public async Task Both_grants_give_an_access_token(string form)
    {
        await using var setup = await ExternalSetup.StartAsync();
        await setup.RuleAsync();
        var address = setup.Server.Http.BaseAddress!.AbsoluteUri.TrimEnd('/');

        var answer = (await setup.Server.Anonymous.FormAsync(
            Path, form.Replace("$", setup.AsPipeline().Token, StringComparison.Ordinal).Replace("@", address, StringComparison.Ordinal))).Ok();

        Assert.Equal(("Bearer", 3600), (answer.GetProperty("token_type").GetString(), answer.GetProperty("expires_in").GetInt32()));
        Assert.False(answer.TryGetProperty("refresh_token", out _));
        Assert.Equal(
            form.Contains(Exchange, StringComparison.Ordinal) ? $"{TypePrefix}access_token" : null,
            answer.TryGetProperty("issued_token_type", out var issued) ? issued.GetString() : null);
        Assert.Equal("""["provisioner"]""", await RolesOfAsync(setup.Server.As(answer)));
    }

    [Theory]
    [InlineData("", "invalid_request")]
    [InlineData("&subject_token=$", "invalid_request")]
    [InlineData($"&subject_token_type={TypePrefix}jwt", "invalid_request")]
    [InlineData("&subject_token=$&subject_token_type=jwt", "invalid_request")]
    [InlineData($"&subject_token=$&subject_token_type={TypePrefix}saml2", "invalid_request")]
    [InlineData($"&subject_token=$&subject_token_type={TypePrefix}refresh_token", "invalid_request")]
    [InlineData($"&subject_token=$&subject_token=$&subject_token_type={TypePrefix}jwt", "invalid_request")]
    [InlineData($"&subject_token=$&subject_token_type={TypePrefix}jwt&subject_token_type={TypePrefix}jwt", "invalid_request")]
    [InlineData($"&subject_token=$&subject_token_type={TypePrefix}jwt&requested_token_type={TypePrefix}refresh_token", "invalid_request")]
    [InlineData($"&subject_token=$&subject_token_type={TypePrefix}jwt&requested_token_type={TypePrefix}id_token", "invalid_request")]
    [InlineData($"&subject_token=$&subject_token_type={TypePrefix}jwt&actor_token=$&actor_token_type={TypePrefix}jwt", "invalid_request")]
    [InlineData($"&subject_token=$&subject_token_type={TypePrefix}jwt&actor_token_type={TypePrefix}jwt", "invalid_request")]
    [InlineData($"&subject_token=$&subject_token_type={TypePrefix}jwt&audience=other", "invalid_target")]
    [InlineData($"&subject_token=$&subject_token_type={TypePrefix}jwt&audience=medatarun&audience=other", "invalid_target")]
    [InlineData($"&subject_token=$&subject_token_type={TypePrefix}jwt&audience=MEDATARUN", "invalid_target")]
    [InlineData($"&subject_token=$&subject_token_type={TypePrefix}jwt&resource=https://other.example", "invalid_target")]
    [InlineData($"&subject_token=$&subject_token_type={TypePrefix}jwt&resource=medatarun", "invalid_target")]
    [InlineData($"&subject_token=$$&subject_token_type={TypePrefix}jwt", "invalid_request")]
    [InlineData($"&subject_token=%00$&subject_token_type={TypePrefix}jwt", "invalid_request")]
    [InlineData($"&subject_token=+$&subject_token_type={TypePrefix}jwt", "invalid_request")]
    [InlineData($"&subject_token=$%0d%0a&subject_token_type={TypePrefix}jwt", "invalid_request")]
    [InlineData($"&assertion=$&subject_token_type={TypePrefix}jwt", "invalid_request")]
    public async Task Forms_that_ask_for_something_else_are_refused(string rest, string error)
    {
        await using var setup = await ExternalSetup.StartAsync();

        var form = $"grant_type={Exchange}{rest}".Replace("$", setup.Token(), StringComparison.Ordinal);
        (await setup.Server.Anonymous.FormAsync(Path, form)).OAuthError(400, error);

        Assert.Equal("0", Database.Text(setup.Server, "SELECT COUNT(*) FROM sessions WHERE issuer_id IS NOT NULL"));
        Assert.DoesNotContain("Unexpected fault", setup.Server.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forms_of_the_other_grant_are_refused_in_its_way()
    {
        await using var setup = await ExternalSetup.StartAsync();
        foreach (var form in new[] { $"grant_type={Bearer}", $"grant_type={Bearer}&assertion=$&assertion=$", $"grant_type={Bearer}&subject_token=$" })
        {
            (await setup.Server.Anonymous.FormAsync(Path, form.Replace("$", setup.Token(), StringComparison.Ordinal))).OAuthError(400, "invalid_request");
        }

        (await setup.Server.Anonymous.FormAsync(Path, $"grant_type={Bearer}&assertion={setup.Token()}&audience=other")).OAuthError(400, "invalid_target");
        (await setup.Server.Anonymous.FormAsync(Path, $"grant_type={Bearer}&assertion={new string('a', 20_000)}")).OAuthError(400, "invalid_grant");
        (await setup.Server.Anonymous.FormAsync(Path, $"grant_type={Exchange.ToUpperInvariant()}")).OAuthError(400, "unsupported_grant_type");
    }

    [Fact]
    public async Task An_issuer_whose_keys_cannot_be_fetched_is_unavailable_and_no_fault_of_the_token()
    {
        await using var setup = await ExternalSetup.StartAsync();
        var token = setup.Token();
        await setup.Issuer.StopAsync();

        (await setup.ExchangeAsync(token)).Refused(503, "issuer_unavailable");
        (await setup.Server.Anonymous.FormAsync(Path, ExchangeForm(token))).OAuthError(503, "temporarily_unavailable");
        Assert.Empty(setup.Records("token_exchange"));
    }

    [Fact]
    public async Task Discovery_names_both_grants()
    {
        await using var server = await TestServer.StartAsync();
        var names = (await server.Anonymous.GetAsync("/.well-known/oauth-authorization-server")).Ok().GetProperty("grant_types_supported").GetRawText();
        Assert.Contains(Exchange, names, StringComparison.Ordinal);
        Assert.Contains(Bearer, names, StringComparison.Ordinal);
    }
}
