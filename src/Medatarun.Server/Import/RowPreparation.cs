using System.Threading.Channels;
using Medatarun.Contracts;
using Medatarun.Contracts.Import;
using Medatarun.Server.Operations;
using Medatarun.Server.Passwords;
using Medatarun.Server.Storage;
using Medatarun.Server.Users;

namespace Medatarun.Server.Import;

/// <summary>What is done to rows before the writer has them: they are checked, and passwords hashed that will be needed.</summary>
internal sealed class RowPreparation(StoreHolder store, PasswordPolicy policy, PasswordHasher hasher, HashWindow window)
{
    // A file is in no hurry: where sign-ins have filled the queue, it waits for its turn to stand in it.
    private static readonly TimeSpan BusyDelay = TimeSpan.FromMilliseconds(250);

    /// <summary>Prepares a group of rows, one after the other, and hands them on.</summary>
    public async Task PrepareAsync(
        IReadOnlyList<StreamRow<UserImportRow>> group, ImportOptions options, ChannelWriter<PendingRow> ready, CancellationToken cancellationToken)
    {
        var rows = group.Select(Check).ToArray();
        var known = options.DryRun ? [] : KnownUsers(rows);
        foreach (var row in rows)
        {
            var exists = known.TryGetValue(row.Username ?? "", out var stored);
            var pending = row.User?.Password is { } password && !options.DryRun && (!exists || options.IfExists == ExistingUsers.Update)
                ? row with { Hashing = await BeginAsync(password, stored, cancellationToken) }
                : row;
            await ready.WriteAsync(pending, cancellationToken);
        }
    }

    private PendingRow Check(StreamRow<UserImportRow> row)
    {
        var pending = new PendingRow(row.Number, row.Row?.Username);
        if (row.Problem is not null)
        {
            return pending with { Problem = row.Problem };
        }

        return ImportedUser.Parse(row.Row!).Failed(out var problem, out var user)
            || (problem = user.Password is { } password ? policy.Check(password, user.Username.Value, "password") : null) is not null
                ? pending with { Problem = problem }
                : pending with { User = user };
    }

    // Whoever is there already and is skipped should not cost a hash. What counts is the check in the transaction.
    private Dictionary<string, string?> KnownUsers(PendingRow[] rows)
    {
        var names = rows.Where(row => row.User?.Password is not null).Select(row => row.Username!).Distinct().ToArray();
        return names.Length == 0
            ? []
            : store.Current.Read(transaction => names
                .Select(name => UserQueries.FindByName(transaction, name))
                .OfType<UserRow>()
                .ToDictionary(user => user.Username, user => user.PasswordHash));
    }

    private async Task<Task<NewPassword>> BeginAsync(Secret password, string? stored, CancellationToken cancellationToken)
    {
        await window.EnterAsync(cancellationToken);
        return HashAsync(password, stored, cancellationToken);
    }

    private async Task<NewPassword> HashAsync(Secret password, string? stored, CancellationToken cancellationToken)
    {
        try
        {
            var isKnown = stored is not null
                && (await PatientlyAsync(() => hasher.VerifyAsync(password, stored, cancellationToken), cancellationToken)).Matches;
            // Also when it is known: how long a row takes must not tell whether a password was guessed.
            return new NewPassword(await PatientlyAsync(() => hasher.HashAsync(password, cancellationToken), cancellationToken), isKnown);
        }
        finally
        {
            window.Leave();
        }
    }

    private static async Task<T> PatientlyAsync<T>(Func<Task<Outcome<T>>> compute, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (!(await compute()).Failed(out _, out var value))
            {
                return value;
            }

            await Task.Delay(BusyDelay, cancellationToken);
        }
    }
}
