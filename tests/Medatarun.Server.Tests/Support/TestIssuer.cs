using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Medatarun.Server.External;
using Medatarun.Server.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Medatarun.Server.Tests.Support;

/// <summary>An issuer of the tests' own on this machine: it publishes whatever keys a test gives it, misbehaves when told to, and counts who asks.</summary>
internal sealed class TestIssuer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, int> fetches = new();
    private WebApplication application;

    private TestIssuer(WebApplication application, string address)
    {
        this.application = application;
        Address = address;
    }

    /// <summary>Where it is, and its <c>iss</c>.</summary>
    public string Address { get; }

    public string Jwks => $"{Address}/jwks";

    /// <summary>The key that signs, and that is published unless a test says otherwise.</summary>
    public TestKey Key { get; private set; } = TestKey.Rsa("one");

    /// <summary>What is published.</summary>
    public List<JsonNode> Published { get; } = [];

    /// <summary>Answers in the place of this issuer; null for the truth.</summary>
    public Func<HttpContext, Task>? Misbehave { get; set; }

    /// <summary>How often keys were asked for.</summary>
    public int Fetches => FetchesOf("/jwks");

    public int FetchesOf(string path) => fetches.GetValueOrDefault(path);

    public static async Task<TestIssuer> StartAsync(TestKey? key = null)
    {
        TestIssuer? issuer = null;
        var application = Build(0, context => issuer!.AnswerAsync(context));
        await application.StartAsync();
        issuer = new TestIssuer(application, application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        issuer.Rotate(key ?? issuer.Key);
        return issuer;
    }

    /// <summary>Signs with another key from now on, and publishes that one alone.</summary>
    public void Rotate(TestKey key)
    {
        Key = key;
        Published.Clear();
        Published.Add(key.Jwk);
    }

    /// <summary>Is not there any more.</summary>
    public async Task StopAsync() => await application.StopAsync();

    /// <summary>Is there again.</summary>
    public async Task StartAgainAsync()
    {
        await application.DisposeAsync();
        application = Build(new Uri(Address).Port, AnswerAsync);
        await application.StartAsync();
    }

    /// <summary>The claims of a good token.</summary>
    public JsonObject Claims(DateTimeOffset now, string subject = "somebody") => new()
    {
        ["iss"] = Address,
        ["sub"] = subject,
        ["aud"] = "medatarun",
        ["iat"] = now.ToUnixTimeSeconds(),
        ["nbf"] = now.ToUnixTimeSeconds(),
        ["exp"] = now.AddHours(1).ToUnixTimeSeconds(),
    };

    /// <summary>A good token for somebody.</summary>
    public string Token(TestServer server, string subject = "somebody") => Key.Sign(Claims(server.Clock.GetUtcNow(), subject));

    /// <summary>Tells a server to trust this issuer, and gives what it stored.</summary>
    public async Task<TrustedIssuer> TrustAsync(TestServer server, Func<TrustedIssuer, TrustedIssuer>? change = null)
    {
        var now = server.Clock.GetUtcNow();
        var issuer = new TrustedIssuer
        {
            Id = Guid.CreateVersion7(now), Name = $"test-{new Uri(Address).Port}", Issuer = Address, Jwks = Jwks, Algorithms = ["RS256"],
            Audiences = ["medatarun"], CreatedAt = now, Version = Guid.CreateVersion7(now),
        };
        issuer = change?.Invoke(issuer) ?? issuer;
        return await server.Services.GetRequiredService<StoreHolder>().Current.WriteAsync(transaction =>
        {
            TrustedIssuerQueries.Insert(transaction, issuer);
            return issuer;
        });
    }

    /// <summary>A server that trusts this issuer.</summary>
    public async Task<TestServer> TrustingServerAsync(
        Func<TrustedIssuer, TrustedIssuer>? change = null, Action<MedatarunServerOptions>? configure = null)
    {
        var server = await TestServer.StartAsync(configure: configure);
        await TrustAsync(server, change);
        return server;
    }

    /// <summary>Writes a JSON document.</summary>
    public static Task WriteAsync(HttpContext context, string json)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json, Encoding.UTF8);
    }

    public ValueTask DisposeAsync() => application.DisposeAsync();

    private static WebApplication Build(int port, RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var application = builder.Build();
        application.Run(answer);
        return application;
    }

    private Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        fetches.AddOrUpdate(path, 1, (_, count) => count + 1);
        return Misbehave?.Invoke(context) ?? path switch
        {
            "/jwks" => WriteAsync(context, KeySet()),
            "/.well-known/openid-configuration" => WriteAsync(context, JsonSerializer.Serialize(new { issuer = Address, jwks_uri = Jwks })),
            _ => NotFoundAsync(context),
        };
    }

    /// <summary>The published keys as a document.</summary>
    public string KeySet() => new JsonObject { ["keys"] = new JsonArray([.. Published.Select(key => key.DeepClone())]) }.ToJsonString();

    private static Task NotFoundAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
