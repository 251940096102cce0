using System.Text.Json;
using Medatarun.Server.Tests.Support;

namespace Medatarun.Server.Tests;

public sealed class IssuerTests
{
    private const string Good = """ "name":"github","issuer":"https://x.example","jwks":"https://x.example/k" """;

    private static Task<TestAnswer> CreateAsync(TestCaller caller, string members) => caller.PostAsync("/api/auth/issuer_create", $"{{{members}}}");

    [Fact]
    public async Task An_issuer_is_made_shown_changed_and_deleted()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;

        var made = (await CreateAsync(admin, """ "name":"entra.prod","authority":"https://x.example/v2","algorithms":["ES256","ES256"],"audiences":["a","a","b"] """)).Ok();
        Assert.Equal(
            ("entra.prod", "https://x.example/v2", "https://x.example/v2", false, false, false),
            (made.GetProperty("name").GetString(), made.GetProperty("issuer").GetString(), made.GetProperty("authority").GetString(),
                made.GetProperty("rule_required").GetBoolean(), made.GetProperty("disabled").GetBoolean(), made.GetProperty("managed").GetBoolean()));
        Assert.Equal("""["ES256"]""", made.GetProperty("algorithms").GetRawText());
        Assert.Equal("""["a","b"]""", made.GetProperty("audiences").GetRawText());
        Assert.Equal(made.GetRawText(), (await admin.CallAsync("issuer_get", new { name = "entra.prod" })).Ok().GetRawText());
        Assert.Equal(made.GetRawText(), (await admin.CallAsync("issuer_list")).Ok()[0].GetRawText());

        var version = Database.Text(server, "SELECT version FROM trusted_issuers");
        (await admin.CallAsync("issuer_update", new { name = "entra.prod", algorithms = new[] { "ES256" }, disabled = false })).Ok();
        Assert.Equal(version, Database.Text(server, "SELECT version FROM trusted_issuers"));
        var changed = (await admin.CallAsync("issuer_update", new
        {
            name = "entra.prod", jwks = "https://x.example/k", algorithms = Array.Empty<string>(), audiences = Array.Empty<string>(), disabled = true, rule_required = true,
        })).Ok();
        Assert.NotEqual(version, Database.Text(server, "SELECT version FROM trusted_issuers"));
        Assert.Equal(JsonValueKind.Null, changed.GetProperty("authority").ValueKind);
        Assert.Equal("""["RS256"]""", changed.GetProperty("algorithms").GetRawText());
        Assert.Equal("[]", changed.GetProperty("audiences").GetRawText());
        Assert.Equal("https://x.example/v2", changed.GetProperty("issuer").GetString());
        Assert.True(changed.GetProperty("disabled").GetBoolean() && changed.GetProperty("rule_required").GetBoolean());

        (await admin.CallAsync("issuer_delete", new { name = "entra.prod" })).Ok();
        (await admin.CallAsync("issuer_delete", new { name = "entra.prod" })).Refused(404, "issuer_not_found");
        Assert.Equal(
            ["auth/issuer_create entra.prod ok", "auth/issuer_update entra.prod ok", "auth/issuer_update entra.prod ok", "auth/issuer_delete entra.prod ok", "auth/issuer_delete entra.prod issuer_not_found"],
            Database.Rows(server, "SELECT operation || ' ' || target || ' ' || outcome FROM audit_events WHERE operation LIKE 'auth/issuer%' ORDER BY sequence"));
    }

    public static TheoryData<string, string, string> Refusals() => new()
    {
        { "bad_key", "name", """ "name":"Git Hub","issuer":"https://x.example","jwks":"https://x.example/k" """ },
        { "bad_issuer", "jwks", """ "name":"github","issuer":"https://x.example" """ },
        { "bad_issuer", "authority", """ "name":"github","jwks":"https://x.example/k","authority":"https://x.example" """ },
        { "bad_issuer", "issuer", """ "name":"github","jwks":"https://x.example/k" """ },
        { "bad_issuer", "issuer", """ "name":"github","jwks":"https://x.example/k","issuer":"urn:medatarun:internal" """ },
        { "bad_issuer", "issuer", """ "name":"github","jwks":"https://x.example/k","issuer":"" """ },
        { "bad_issuer", "issuer", """ "name":"github","jwks":"https://x.example/k","issuer":"two words" """ },
        { "bad_issuer", "issuer", """ "name":"github","jwks":"https://x.example/k","issuer":"a\u0007" """ },
        { "bad_issuer", "issuer", $""" "name":"github","jwks":"https://x.example/k","issuer":"{new string('a', 501)}" """ },
        { "bad_issuer", "jwks", """ "name":"github","issuer":"x","jwks":"http://x.example/k" """ },
        { "bad_issuer", "jwks", """ "name":"github","issuer":"x","jwks":"http://127.0.0.1.x.example/k" """ },
        { "bad_issuer", "jwks", """ "name":"github","issuer":"x","jwks":"https://u:p@x.example/k" """ },
        { "bad_issuer", "jwks", """ "name":"github","issuer":"x","jwks":"https://x.example/k#f" """ },
        { "bad_issuer", "jwks", """ "name":"github","issuer":"x","jwks":"https://x.example/k#" """ },
        { "bad_issuer", "jwks", """ "name":"github","issuer":"x","jwks":"ftp://x.example/k" """ },
        { "bad_issuer", "jwks", """ "name":"github","issuer":"x","jwks":"/k" """ },
        { "bad_issuer", "jwks", """ "name":"github","issuer":"x","jwks":"" """ },
        { "bad_issuer", "authority", """ "name":"github","authority":"https://x.example?a=b" """ },
        { "bad_issuer", "algorithms", $""" {Good},"algorithms":["HS256"] """ },
        { "bad_issuer", "algorithms", $""" {Good},"algorithms":["RS256","none"] """ },
        { "bad_issuer", "algorithms", $""" {Good},"algorithms":["rs256"] """ },
        { "bad_issuer", "audiences", $""" {Good},"audiences":["a b"] """ },
        { "bad_issuer", "audiences", $""" {Good},"audiences":[""] """ },
        { "bad_issuer", "audiences", $""" {Good},"audiences":[{string.Join(',', Enumerable.Range(0, 21).Select(number => $"\"{number}\""))}] """ },
        { "invalid_request", "algorithms", $""" {Good},"algorithms":[null] """ },
        { "invalid_request", "name", """ "issuer":"x","jwks":"https://x.example/k" """ },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task An_issuer_that_cannot_be_trusted_is_refused_with_the_member(string code, string member, string request)
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;

        var refusal = (await CreateAsync(admin, request)).Refused(400, code);

        Assert.Equal([member], refusal.GetProperty("errors").EnumerateObject().Select(error => error.Name));
        Assert.Equal("[]", (await admin.CallAsync("issuer_list")).Ok().GetRawText());
    }

    [Fact]
    public async Task A_name_and_an_issuer_are_there_once_and_http_is_for_this_machine()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        (await CreateAsync(admin, Good)).Ok();

        (await CreateAsync(admin, Good.Replace("\"https://x.example\"", "\"https://y.example\"", StringComparison.Ordinal))).Refused(409, "issuer_already_exists");
        (await CreateAsync(admin, Good.Replace("github", "gitlab", StringComparison.Ordinal))).Refused(409, "issuer_already_exists");
        (await CreateAsync(admin, """ "name":"local","authority":"http://localhost:1" """)).Ok();
        (await CreateAsync(admin, """ "name":"local6","authority":"http://[::1]:1" """)).Ok();
    }

    [Fact]
    public async Task Whoever_manages_issuers_cannot_vouch_for_those_who_hold_more()
    {
        await using var setup = await ExternalSetup.StartAsync();
        var admin = setup.Admin;
        await admin.CreateUserAsync("delegated");
        await admin.GiveOwnRoleAsync("delegated", "issuer_manage");
        var delegated = await setup.Server.SignInAsync("delegated", "Sunny.Day.0123456");
        // Nobody holds anything by this issuer yet.
        (await delegated.CallAsync("issuer_update", new { name = "ci", jwks = "https://evil.example/k" })).Ok();
        (await admin.CallAsync("issuer_update", new { name = "ci", jwks = setup.Issuer.Jwks })).Ok();
        (await setup.As("worker").CallAsync("whoami")).Ok();
        (await admin.CallAsync("actor_add_role", new { actorId = await setup.ActorIdAsync("worker"), roleRef = "key:provisioner" })).Ok();

        (await delegated.CallAsync("issuer_update", new { name = "ci", jwks = "https://evil.example/k" })).Refused(403, "exceeds_authority");
        (await delegated.CallAsync("issuer_update", new { name = "ci", disabled = true })).Ok();
        (await delegated.CallAsync("issuer_update", new { name = "ci", disabled = false })).Refused(403, "exceeds_authority");
        (await delegated.CallAsync("issuer_delete", new { name = "ci" })).Ok();
        (await delegated.CallAsync("issuer_create", new { name = "ci2", issuer = setup.Issuer.Address, jwks = "https://evil.example/k" }))
            .Refused(403, "exceeds_authority");
    }

    [Fact]
    public async Task An_issuer_of_the_configuration_is_shown_and_not_changed_and_takes_rules()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync(configure: options => options.TrustedIssuers =
            [new() { Name = "github", Authority = "https://x.example", RuleRequired = true }]);
        await using var _ = server;

        var shown = (await admin.CallAsync("issuer_get", new { name = "github" })).Ok();
        Assert.True(shown.GetProperty("managed").GetBoolean() && shown.GetProperty("rule_required").GetBoolean());
        (await admin.CallAsync("issuer_update", new { name = "github", disabled = true })).Refused(400, "managed");
        (await admin.CallAsync("issuer_delete", new { name = "github" })).Refused(400, "managed");
        (await admin.CallAsync("issuer_rule_create", new
        {
            issuer_name = "github", name = "main", conditions = new[] { new { claim = "ref", equals = "main" } }, roles = new[] { "reader" },
        })).Ok();
    }
}
