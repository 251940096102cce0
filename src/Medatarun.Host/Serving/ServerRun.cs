using System.Net.Sockets;
using Medatarun.Contracts.ServerProcess;
using Medatarun.Host.Configuration;
using Medatarun.Host.Home;
using Medatarun.Host.Logging;
using Medatarun.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Medatarun.Host.Serving;

/// <summary>One run of the server, from its building to its stop.</summary>
internal sealed class ServerRun(
    ServeArguments arguments, ServerConfiguration configuration, MedatarunHome home, ManagedInput? input, TextWriter console)
{
    private const string LogCategory = "Medatarun";

    private readonly ServerStateFile stateFile = new(home.StatePath);
    private ServerState? state;

    public async Task RunAsync()
    {
        await using var application = Build();
        var server = application.Services.GetRequiredService<MedatarunServer>();
        await StartAsync(application, server);

        var log = application.Services.GetRequiredService<ILoggerFactory>().CreateLogger(LogCategory);
        try
        {
            var port = BoundPort(application);
            WriteState(State(server, configuration.Listen.ToUrl(port)), log);
            Announce(server, log, port);
            await application.WaitForShutdownAsync();
            log.LogInformation("Stopped");
        }
        finally
        {
            stateFile.Remove();
        }
    }

    private void WriteState(ServerState next, ILogger log)
    {
        try
        {
            stateFile.Write(next);
            state = next;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException && state is not null)
        {
            // A full disk: the server goes on, and the file says what was true before.
            log.LogWarning("{Path} could not be written: {Reason}", home.StatePath, exception.Message);
        }
    }

    private WebApplication Build()
    {
        // The empty builder reads no file and no variable of its own: what is configured is what our keys say.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "medatarun", ContentRootPath = home.Root });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            if (configuration.Listen.Host == "*")
            {
                kestrel.ListenAnyIP(configuration.Listen.Port);
            }
            else
            {
                kestrel.Listen(configuration.Listen.Address, configuration.Listen.Port);
            }
        });
        AddLogging(builder.Logging);
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ServerLifetime.DrainTime);
        builder.Services.AddSingleton<IHostLifetime>(services =>
            new ServerLifetime(services.GetRequiredService<IHostApplicationLifetime>(), arguments, input));
        builder.Services.AddMedatarun(Configure);

        var application = builder.Build();
        var log = application.Services.GetRequiredService<ILoggerFactory>().CreateLogger(LogCategory);
        new ForwardedClients(configuration.TrustedProxies, log).Use(application);
        application.Use(new BootstrapWatch(application.Services.GetRequiredService<MedatarunServer>(), () => BootstrapConsumed(log)).InvokeAsync);
        application.MapMedatarun().MapMedatarunFallback();
        return application;
    }

    private void BootstrapConsumed(ILogger log)
    {
        if (state is { BootstrapPending: true })
        {
            log.LogInformation("The first administrator was made");
            WriteState(state with { BootstrapPending = false }, log);
        }
    }

    private void AddLogging(ILoggingBuilder logging)
    {
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        // It would begin an activity and a scope for every request, for log lines that are not written.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        // A failed start is said in one sentence by the program, without the host's stack trace.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        logging.AddProvider(new FileLoggerProvider(new RollingFile(home.LogPath), TimeProvider.System));
        if (!arguments.Managed)
        {
            logging.AddProvider(new ConsoleLoggerProvider(console, TimeProvider.System));
        }
    }

    private void Configure(MedatarunServerOptions options)
    {
        options.DataPath = home.Root;
        options.Issuer = configuration.Issuer ?? options.Issuer;
        options.Audience = configuration.Audience ?? options.Audience;
        options.PasswordIterations = configuration.PasswordIterations ?? options.PasswordIterations;
        options.PasswordHashing = configuration.PasswordHashing;
        options.AccessTokenLifetime = configuration.AccessTokenLifetime ?? options.AccessTokenLifetime;
        options.RefreshTokenLifetime = configuration.RefreshTokenLifetime ?? options.RefreshTokenLifetime;
        options.SessionLifetime = configuration.SessionLifetime ?? options.SessionLifetime;
        options.TrustedIssuers = configuration.TrustedIssuers;
        options.JwksCacheDuration = configuration.JwksCacheDuration ?? options.JwksCacheDuration;
        options.Registration = configuration.Registration ?? options.Registration;
        options.BootstrapSecret = configuration.BootstrapSecret;
        options.InitialState = configuration.StateFile is { } path ? () => InitialStateFile.Load(path) : null;
        options.PublicBaseUrl = configuration.PublicBaseUrl;
    }

    private async Task StartAsync(WebApplication application, MedatarunServer server)
    {
        var listen = configuration.Listen;
        try
        {
            await server.StartAsync(CancellationToken.None);
            await application.StartAsync();
        }
        catch (MedatarunStartException exception)
        {
            throw new StartFailureException(
                exception.IsInitialState ? ServerExitCode.Usage : ServerExitCode.DataFolder,
                exception.IsInitialState ? $"{configuration.StateFile}: {exception.Message}" : exception.Message);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            throw new StartFailureException(
                ServerExitCode.PortInUse, $"Port {listen.Port} of {listen.Host} is in use by another program; choose another with --port.");
        }
        catch (SocketException exception)
        {
            throw new StartFailureException(
                ServerExitCode.Usage, $"The server cannot listen on {listen.ToText(listen.Port)}: {exception.Message.TrimEnd('.')}.");
        }
    }

    private static int BoundPort(WebApplication application)
    {
        var address = application.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
        return new Uri(address).Port;
    }

    private void Announce(MedatarunServer server, ILogger log, int port)
    {
        foreach (var warning in home.Warnings)
        {
            log.LogWarning("{Warning}", warning);
        }

        if (configuration.StateFile is { } path)
        {
            AnnounceState(server, log, path);
        }

        var url = configuration.PublicBaseUrl ?? configuration.Listen.ToUrl(port);
        log.LogInformation(
            "Starting REST API on http://{Address} with publicBaseUrl={Url}",
            configuration.Listen.ToText(port), url.AbsoluteUri.TrimEnd('/'));
        if (configuration.Registration == RegistrationMode.Open && server.BootstrapPending)
        {
            log.LogWarning("Registration is open and there is no administrator yet: the first to register becomes one");
        }

        if (!arguments.Managed && server.BootstrapSecret is { } secret)
        {
            console.Write(BootstrapAnnouncement.Text(secret, url, url.Port == ServerConfiguration.DefaultPort && url.IsLoopback));
        }
    }

    private static void AnnounceState(MedatarunServer server, ILogger log, string path)
    {
        if (server.InitialState is { } made)
        {
            log.LogInformation("The state of {Path} was applied: {Count} changes", path, made.Differences.Count);
        }
        else
        {
            log.LogInformation("The state of {Path} was not applied: this server has somebody already, and keeps what it has", path);
        }
    }

    private ServerState State(MedatarunServer server, Uri url) => new()
    {
        Pid = Environment.ProcessId,
        Url = url,
        Version = MedatarunServer.Version,
        StartedAt = DateTimeOffset.UtcNow,
        DataPath = home.Root,
        LogPath = home.LogPath,
        BootstrapPending = server.BootstrapPending,
        Detached = arguments.Detached,
        Ephemeral = arguments.Ephemeral,
    };
}
