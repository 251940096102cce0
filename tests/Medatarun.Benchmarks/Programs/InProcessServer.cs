using System.Net;
using Medatarun.Client;
using Medatarun.Contracts;
using Medatarun.Contracts.Auth;
using Medatarun.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Medatarun.Benchmarks.Programs;

/// <summary>A server in this process, whose hashes cost less than the product's: so what else takes time shows.</summary>
internal sealed class InProcessServer : IAsyncDisposable
{
    private readonly TemporaryFolder home = new();
    private readonly WebApplication application;

    private InProcessServer(int iterations)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddMedatarun(options =>
        {
            options.DataPath = home.Path;
            options.PasswordIterations = iterations;
            options.AllowsWeakHashes = true;
        });
        application = builder.Build();
        application.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor });
        application.MapMedatarun();
    }

    public string DatabaseFile => Path.Combine(home.Path, "medatarun.db");

    public IPEndPoint Address
    {
        get
        {
            var url = new Uri(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
            return new IPEndPoint(IPAddress.Loopback, url.Port);
        }
    }

    /// <summary>Starts it, and signs its first administrator in.</summary>
    public static async Task<(InProcessServer Server, MedatarunConnection Admin)> StartAsync(int iterations)
    {
        var server = new InProcessServer(iterations);
        await server.application.StartAsync();
        var anonymous = new MedatarunConnection(new Uri($"http://{server.Address}"));
        var answer = await anonymous.InvokeAsync(AuthOperations.AdminBootstrap, new AdminBootstrapRequest
        {
            Secret = server.application.Services.GetRequiredService<MedatarunServer>().BootstrapSecret,
            Username = ServerWithAdmin.AdminName,
            Fullname = "Administrator",
            Password = new Secret(ServerWithAdmin.AdminPassword),
        });
        return (server, anonymous.WithToken(answer.AccessToken));
    }

    public async ValueTask DisposeAsync()
    {
        await application.DisposeAsync();
        home.Dispose();
    }
}
