using System.Text.Json;
using System.Text.Json.Nodes;

namespace Medatarun.Server.Tests.Support;

/// <summary>A server with an administrator that trusts an issuer called <c>ci</c>, both of the tests' own.</summary>
internal sealed class ExternalSetup : IAsyncDisposable
{
    public const string IssuerName = "ci";

    private ExternalSetup(TestIssuer issuer, TestServer server, TestCaller admin)
    {
        Issuer = issuer;
        Server = server;
        Admin = admin;
    }

    public TestIssuer Issuer { get; }

    public TestServer Server { get; }

    public TestCaller Admin { get; }

    /// <summary>Starts both, and a role <c>provisioner</c> that holds user_manage.</summary>
    public static async Task<ExternalSetup> StartAsync(bool ruleRequired = false, Action<MedatarunServerOptions>? configure = null)
    {
        var issuer = await TestIssuer.StartAsync();
        var (server, admin) = await TestServer.StartWithAdminAsync(configure: configure);
        (await admin.CallAsync("issuer_create", new
        {
            name = IssuerName, issuer = issuer.Address, jwks = issuer.Jwks, audiences = new[] { "medatarun" }, rule_required = ruleRequired,
        })).Ok();
        (await admin.CallAsync("role_create", new { key = "provisioner" })).Ok();
        (await admin.CallAsync("role_add_permission", new { roleRef = "key:provisioner", permissionKey = "user_manage" })).Ok();
        return new ExternalSetup(issuer, server, admin);
    }

    /// <summary>A token with further claims.</summary>
    public string Token(string subject = "somebody", params (string Name, JsonNode? Value)[] claims)
    {
        var payload = Issuer.Claims(Server.Clock.GetUtcNow(), subject);
        foreach (var (name, value) in claims)
        {
            payload[name] = value;
        }

        return Issuer.Key.Sign(payload);
    }

    public TestCaller As(string subject = "somebody", params (string Name, JsonNode? Value)[] claims) => Server.As(Token(subject, claims));

    /// <summary>Makes a rule: with a claim <c>repository</c> of <c>org/infra</c>, a role.</summary>
    public async Task<JsonElement> RuleAsync(string name = "deploy", string role = "provisioner") =>
        (await Admin.CallAsync("issuer_rule_create", new
        {
            issuer_name = IssuerName, name, conditions = new[] { new { claim = "repository", equals = "org/infra" } }, roles = new[] { role },
        })).Ok();

    /// <summary>A caller whom that rule fits.</summary>
    public TestCaller AsPipeline() => As("pipeline", ("repository", "org/infra"));

    public Task<TestAnswer> ExchangeAsync(string token) => Server.Anonymous.CallAsync("token_exchange", new { token });

    /// <summary>The id of the actor of a subject.</summary>
    public async Task<string> ActorIdAsync(string subject) => (await ActorAsync(subject)).GetProperty("id").GetString()!;

    public async Task<JsonElement> ActorAsync(string subject) =>
        (await Admin.CallAsync("actor_list")).Ok().EnumerateArray().Single(actor => actor.GetProperty("subject").GetString() == subject);

    public IReadOnlyList<string> Records(string operation) => Database.Rows(
        Server, $"SELECT COALESCE(target, '-') || ' ' || outcome FROM audit_events WHERE operation = 'auth/{operation}' ORDER BY sequence");

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Issuer.DisposeAsync();
    }
}
