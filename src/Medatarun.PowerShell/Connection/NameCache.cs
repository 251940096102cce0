using System.Collections.Concurrent;
using Medatarun.Client;
using Medatarun.Contracts;
using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Operations;

namespace Medatarun.PowerShell.Connection;

/// <summary>Names for completion, remembered for a short while. They are empty when they cannot be had; asking never fails.</summary>
internal sealed class NameCache(MedatarunConnection client)
{
    private const int MostUsers = 50;

    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TimeOut = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, (DateTimeOffset Asked, Task<IReadOnlyList<string>> Names)> asked =
        new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Usernames that begin with a text, and perhaps others.</summary>
    /// <param name="start">What they begin with.</param>
    public Task<IReadOnlyList<string>> Users(string start) => Remembered(
        $"user {start}",
        AuthOperations.UserList,
        new UserListRequest { Search = start.Length > 0 ? start : null, Limit = MostUsers },
        page => page.Items.Select(user => user.Username));

    /// <summary>The names of all service accounts.</summary>
    public Task<IReadOnlyList<string>> ServiceAccounts() => Remembered(
        "service", ActorOperations.ServiceAccountList, new EmptyRequest(), accounts => accounts.Select(account => account.Subject));

    /// <summary>Names of users that begin with a text and of service accounts, and perhaps others.</summary>
    /// <param name="start">What they begin with.</param>
    public async Task<IReadOnlyList<string>> Actors(string start)
    {
        var users = Users(start);
        var accounts = await ServiceAccounts().ConfigureAwait(false);
        return [.. await users.ConfigureAwait(false), .. accounts];
    }

    /// <summary>The keys of all roles.</summary>
    public Task<IReadOnlyList<string>> Roles() =>
        Remembered("role", RoleOperations.RoleList, new EmptyRequest(), roles => roles.Select(role => role.Key));

    /// <summary>The keys of all groups.</summary>
    public Task<IReadOnlyList<string>> Groups() =>
        Remembered("group", GroupOperations.GroupList, new EmptyRequest(), groups => groups.Select(group => group.Key));

    /// <summary>The keys of all permissions.</summary>
    public Task<IReadOnlyList<string>> Permissions() => Remembered(
        "permission", RoleOperations.PermissionList, new EmptyRequest(), permissions => permissions.Select(permission => permission.Key));

    /// <summary>The names of all trusted issuers.</summary>
    public Task<IReadOnlyList<string>> TrustedIssuers() =>
        Remembered("issuer", IssuerOperations.IssuerList, new EmptyRequest(), issuers => issuers.Select(issuer => issuer.Name));

    /// <summary>Forgets everything: something was changed, and the next key press is to show it.</summary>
    public void Forget() => asked.Clear();

    private Task<IReadOnlyList<string>> Remembered<TRequest, TResponse>(
        string question, Operation<TRequest, TResponse> operation, TRequest request, Func<TResponse, IEnumerable<string>> names)
        where TRequest : class
        where TResponse : class
    {
        var now = client.Options.TimeProvider.GetUtcNow();
        return asked.AddOrUpdate(
            question,
            _ => (now, AskAsync(operation, request, names)),
            (_, known) => now - known.Asked < Lifetime ? known : (now, AskAsync(operation, request, names))).Names;
    }

    private async Task<IReadOnlyList<string>> AskAsync<TRequest, TResponse>(
        Operation<TRequest, TResponse> operation, TRequest request, Func<TResponse, IEnumerable<string>> names)
        where TRequest : class
        where TResponse : class
    {
        using var timeOut = new CancellationTokenSource(TimeOut);
        try
        {
            return [.. names(await client.InvokeAsync(operation, request, observe: null, timeOut.Token).ConfigureAwait(false))];
        }
        catch (Exception exception) when (exception is MedatarunException or OperationCanceledException)
        {
            return [];
        }
    }
}
