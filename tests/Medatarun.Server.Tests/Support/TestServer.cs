using System.Net;
using System.Text;
using Medatarun.Contracts;
using Medatarun.Contracts.Auth;
using Medatarun.Server.Access;
using Medatarun.Server.Passwords;
using Medatarun.Server.Sessions;
using Medatarun.Server.Storage;
using Medatarun.Server.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Medatarun.Server.Tests.Support;

/// <summary>A real server: Kestrel on a free port of this machine, SQLite in a folder of its own.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    public const string AdminName = "admin";
    public const string AdminPassword = "admin.0123456789";

    /// <summary>Says from where a request comes, as if the connection did.</summary>
    public const string AddressHeader = "X-Test-Address";

    private readonly WebApplication application;
    private readonly bool ownsFolder;

    private TestServer(WebApplication application, string folder, bool ownsFolder, TestClock clock, CapturedLog log)
    {
        this.application = application;
        this.ownsFolder = ownsFolder;
        Folder = folder;
        Clock = clock;
        Log = log;
        var address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Http = new HttpClient(new SocketsHttpHandler
        {
            UseCookies = false,
            AllowAutoRedirect = false,
            // So that tests can send what no good client does.
            RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
        }) { BaseAddress = new Uri(address) };
    }

    public string Folder { get; }

    public string DatabaseFile => Path.Combine(Folder, "medatarun.db");

    public TestClock Clock { get; }

    public CapturedLog Log { get; }

    public HttpClient Http { get; }

    /// <summary>The queue of password hashes, which counts them.</summary>
    public HashQueue Hashes => Services.GetRequiredService<HashQueue>();

    public IServiceProvider Services => application.Services;

    public Secret? BootstrapSecret => Services.GetRequiredService<MedatarunServer>().BootstrapSecret;

    /// <summary>Starts a server.</summary>
    /// <param name="folder">The data folder. Default: a new one that goes with the server.</param>
    /// <param name="iterations">PBKDF2 iterations. Default: few, because most tests are not about their cost.</param>
    /// <param name="configure">Sets further options.</param>
    /// <param name="services">Adds what stands in the place of the server's own.</param>
    public static async Task<TestServer> StartAsync(
        string? folder = null, int iterations = 1000, Action<MedatarunServerOptions>? configure = null,
        Action<IServiceCollection>? services = null)
    {
        var home = folder ?? Directory.CreateTempSubdirectory("medatarun-test-").FullName;
        var clock = new TestClock();
        var log = new CapturedLog();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(log);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton<TimeProvider>(clock);
        services?.Invoke(builder.Services);
        builder.Services.AddMedatarun(options =>
        {
            options.DataPath = home;
            options.PasswordIterations = iterations;
            options.AllowsWeakHashes = true;
            configure?.Invoke(options);
        });
        var application = builder.Build();
        application.Use((context, next) =>
        {
            if (context.Request.Headers.TryGetValue(AddressHeader, out var address))
            {
                context.Connection.RemoteIpAddress = IPAddress.Parse(address.ToString());
            }

            return next(context);
        });
        application.MapMedatarun();
        application.MapMedatarunFallback();
        await application.StartAsync();
        return new TestServer(application, home, folder is null, clock, log);
    }

    /// <summary>Starts a server and makes its first administrator.</summary>
    public static async Task<(TestServer Server, TestCaller Admin)> StartWithAdminAsync(
        int iterations = 1000, Action<MedatarunServerOptions>? configure = null)
    {
        var server = await StartAsync(iterations: iterations, configure: configure);
        return (server, await server.BootstrapAsync());
    }

    /// <summary>A caller without a token.</summary>
    public TestCaller Anonymous => new(Http, null);

    /// <summary>A caller without a token, from an address.</summary>
    public TestCaller From(string address) => new(Http, null, address);

    public TestCaller As(string token) => new(Http, token);

    public async Task<TestCaller> BootstrapAsync()
    {
        var answer = await Anonymous.CallAsync("admin_bootstrap", new
        {
            secret = BootstrapSecret!.Reveal(),
            username = AdminName,
            fullname = "Administrator",
            password = AdminPassword,
        });
        return As(answer.Ok().GetProperty("access_token").GetString()!);
    }

    public async Task<TestCaller> SignInAsync(string username, string password)
    {
        var answer = await Anonymous.CallAsync("login", new { username, password });
        return As(answer.Ok().GetProperty("access_token").GetString()!);
    }

    /// <summary>Makes an API token, and somebody who calls with it.</summary>
    /// <param name="maker">Who makes it.</param>
    /// <param name="username">Whose it is. Default: the maker's.</param>
    /// <param name="permissions">What it is cut to. Default: nothing.</param>
    public async Task<(string Id, TestCaller Caller)> ApiTokenAsync(TestCaller maker, string? username = null, string[]? permissions = null)
    {
        // Lists are in the order of making, to the millisecond.
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        var made = (await maker.CallAsync("api_token_create", new { name = "ci", username, permissions })).Ok();
        return (made.GetProperty("api_token").GetProperty("id").GetString()!, As(made.GetProperty("token").GetString()!));
    }

    /// <summary>Opens a session for a service account.</summary>
    public async Task<TestCaller> AsServiceAccountAsync(string name)
    {
        var now = Clock.GetUtcNow();
        var (actor, session) = await Services.GetRequiredService<StoreHolder>().Current.WriteAsync(transaction =>
        {
            var account = ActorQueries.FindService(transaction, name)!;
            return (account, SessionQueries.Open(transaction, new SessionRow
            {
                ActorId = account.Id, CreatedAt = now, ExpiresAt = now.AddHours(1), EndsAt = now.AddHours(1),
            }));
        });
        var claims = new UserInfo
        {
            Id = actor.Id.ToString(), Username = name, Fullname = actor.Fullname, Admin = false, Roles = [], Groups = [], Disabled = false, CreatedAt = now,
        };
        return As(Services.GetRequiredService<TokenIssuer>().Issue(claims, session, now, now.AddHours(1)).Reveal());
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await application.StopAsync();
        await application.DisposeAsync();
        if (ownsFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
