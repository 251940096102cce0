using Medatarun.Server.Storage;
using Microsoft.Extensions.Hosting;

namespace Medatarun.Server.Tokens;

/// <summary>Forgets what refresh tokens were exchanged for once their grace is over: at the start, and then once a minute.</summary>
internal sealed class RefreshAnswerSweep(StoreHolder store, TimeProvider time) : IHostedService, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private ITimer? timer;

    /// <summary>Forgets what can be forgotten now, and says how many answers that were.</summary>
    public Task<int> SweepAsync()
    {
        var usedUntil = time.GetUtcNow() - TokenRefreshHandler.Grace;
        return store.Current.WriteAsync(transaction => RefreshTokenQueries.ForgetAnswers(transaction, usedUntil));
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        timer = time.CreateTimer(_ => _ = SweepQuietlyAsync(), null, Interval, Interval);
        return SweepQuietlyAsync();
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => timer?.Dispose();

    private async Task SweepQuietlyAsync()
    {
        try
        {
            await SweepAsync();
        }
        catch (StoreUnavailableException)
        {
            // They stay, sealed, and are forgotten in a minute.
        }
    }
}
