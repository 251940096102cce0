using Medatarun.Contracts;
using Medatarun.Contracts.State;
using Medatarun.Server.Access;
using Medatarun.Server.Bootstrap;
using Medatarun.Server.External;
using Medatarun.Server.State;
using Medatarun.Server.Storage;
using Medatarun.Server.Tokens;
using Microsoft.Extensions.Hosting;

namespace Medatarun.Server;

/// <summary>The server's life: opens the store, loads the keys, prepares the bootstrap. Started with the host, or earlier by hand.</summary>
public sealed class MedatarunServer : IHostedService, IDisposable
{
    private readonly MedatarunServerOptions options;
    private readonly StoreHolder store;
    private readonly SigningKeys keys;
    private readonly CallerCache callers;
    private readonly BootstrapSecretHolder bootstrap;
    private readonly InitialState initialState;
    private readonly RandomSource random;
    private readonly TimeProvider time;
    private readonly SemaphoreSlim starting = new(1);
    private bool started;

    internal MedatarunServer(
        MedatarunServerOptions options,
        StoreHolder store,
        SigningKeys keys,
        CallerCache callers,
        BootstrapSecretHolder bootstrap,
        InitialState initialState,
        RandomSource random,
        TimeProvider time)
    {
        this.options = options;
        this.store = store;
        this.keys = keys;
        this.callers = callers;
        this.bootstrap = bootstrap;
        this.initialState = initialState;
        this.random = random;
        this.time = time;
    }

    /// <summary>The version of this server: <c>0.1.0</c>.</summary>
    public static string Version { get; } = typeof(MedatarunServer).Assembly.GetName().Version!.ToString(3);

    /// <summary>The one-time secret of this start, to be announced once; null when there is an administrator.</summary>
    public Secret? BootstrapSecret { get; private set; }

    /// <summary>What was made of the initial state at this start; null when there is none, or when the server had somebody.</summary>
    public StateCompareResponse? InitialState { get; private set; }

    /// <summary>Whether there is no administrator yet.</summary>
    public bool BootstrapPending => !store.Current.Read(BootstrapSecretHolder.IsConsumed);

    /// <summary>Opens the store, brings it forward, loads the keys and prepares the bootstrap. Doing it again does nothing.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="MedatarunStartException">An option or the store does not allow it; the message says which and why.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await starting.WaitAsync(cancellationToken);
        try
        {
            if (started)
            {
                return;
            }

            options.Check();
            var opened = Store.Open(options.DatabaseFile, time.GetUtcNow(), callers.Drop);
            store.Set(opened);
            await ConfiguredIssuers.AlignAsync(opened, options, time.GetUtcNow());
            await LocalIdentities.AlignAsync(opened, options.Issuer, time.GetUtcNow());
            await keys.LoadAsync(opened, time.GetUtcNow());
            InitialState = await initialState.ApplyAsync(opened, cancellationToken);
            BootstrapSecret = bootstrap.Prepare(opened, random, options.BootstrapSecret);
            started = true;
        }
        finally
        {
            starting.Release();
        }
    }

    /// <summary>Nothing: the store closes when the services are disposed of, after the last request.</summary>
    /// <param name="cancellationToken">Not used.</param>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose() => starting.Dispose();
}
