using System.Net;
using Medatarun.Contracts;
using Medatarun.Contracts.Auth;
using Medatarun.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

[assembly: AssemblyFixture(typeof(Medatarun.Client.Tests.Servers.RealServer))]

namespace Medatarun.Client.Tests.Servers;

/// <summary>The real server on a real file, with its first administrator. One for all tests of the assembly.</summary>
public sealed class RealServer : IAsyncLifetime
{
    public const string AdminName = "admin";
    public static readonly Secret AdminPassword = new("admin.0123456789");

    private const string PathBase = "/behind/a/proxy";
    private static readonly Secret BootstrapSecret = new("bootstrap-secret-of-the-tests");

    private readonly string folder = Directory.CreateTempSubdirectory("medatarun-client-tests-").FullName;
    private WebApplication? application;
    private int users;

    public Uri Url { get; private set; } = new("http://localhost");

    /// <summary>The same server as a proxy with a path prefix shows it.</summary>
    public Uri UrlWithPath => new(Url, PathBase);

    /// <summary>A connection without a token.</summary>
    public MedatarunConnection Anonymous => new(Url);

    /// <summary>A connection of the administrator.</summary>
    public MedatarunConnection Admin { get; private set; } = new(new Uri("http://localhost"));

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddMedatarun(options =>
        {
            options.DataPath = folder;
            options.BootstrapSecret = BootstrapSecret;
        });
        application = builder.Build();
        application.UsePathBase(PathBase);
        application.UseRouting();
        application.MapMedatarun();
        application.MapMedatarunFallback();
        await application.StartAsync();
        Url = new Uri(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

        var answer = await Anonymous.InvokeAsync(AuthOperations.AdminBootstrap, new AdminBootstrapRequest
        {
            Secret = BootstrapSecret,
            Username = AdminName,
            Fullname = "Administrator",
            Password = AdminPassword,
        });
        Admin = Anonymous.WithToken(answer.AccessToken, answer.ExpiresAt);
    }

    /// <summary>A new user, with the password <see cref="PasswordOf"/> says.</summary>
    public Task<UserInfo> CreateUserAsync(CancellationToken cancellationToken)
    {
        var name = $"user{Interlocked.Increment(ref users)}";
        return Admin.InvokeAsync(
            AuthOperations.UserCreate,
            new UserCreateRequest { Username = name, Fullname = "A User", Password = PasswordOf(name), Email = $"{name}@example.org" },
            cancellationToken: cancellationToken);
    }

    public static Secret PasswordOf(string username) => new($"Password.of.{username}.1");

    public async ValueTask DisposeAsync()
    {
        if (application is not null)
        {
            await application.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
    }
}
