using System.Collections.Concurrent;
using Medatarun.Client;
using Medatarun.Contracts.Auth;

namespace Medatarun.PowerShell.Connection;

/// <summary>Usernames for completion, remembered for a short while by what they begin with.</summary>
internal sealed class UserNameCache(MedatarunConnection client)
{
    private const int MostNames = 50;

    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TimeOut = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, (DateTimeOffset Asked, Task<IReadOnlyList<string>> Names)> asked =
        new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Usernames that begin with a text, and perhaps others. Empty when they cannot be had; never fails.</summary>
    /// <param name="start">What they begin with.</param>
    public Task<IReadOnlyList<string>> StartingWith(string start)
    {
        var now = client.Options.TimeProvider.GetUtcNow();
        return asked.AddOrUpdate(
            start,
            _ => (now, AskAsync(start)),
            (_, known) => now - known.Asked < Lifetime ? known : (now, AskAsync(start))).Names;
    }

    private async Task<IReadOnlyList<string>> AskAsync(string start)
    {
        using var timeOut = new CancellationTokenSource(TimeOut);
        try
        {
            var request = new UserListRequest { Search = start.Length > 0 ? start : null, Limit = MostNames };
            var page = await client.InvokeAsync(AuthOperations.UserList, request, observe: null, timeOut.Token).ConfigureAwait(false);
            return [.. page.Items.Select(user => user.Username)];
        }
        catch (Exception exception) when (exception is MedatarunException or OperationCanceledException)
        {
            return [];
        }
    }
}
