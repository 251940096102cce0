using Medatarun.Contracts;
using Medatarun.Contracts.Import;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Medatarun.Server.Passwords;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Import;

/// <summary>Says how passwords are kept. Hashes are looked at, and never shown.</summary>
internal sealed class PasswordSummaryHandler(PasswordHasher hasher) : StoreHandler<EmptyRequest, PasswordSummary>(ImportOperations.PasswordSummary)
{
    protected override Outcome<PasswordSummary> Run(StoreTransaction transaction, EmptyRequest request, Caller caller, DateTimeOffset now)
    {
        var (users, outdated, without, imported, upgraded) = (0, 0, 0, 0, 0);
        // Counted row by row: only this program can read what strength a hash has.
        transaction.Query(
            "SELECT password_hash, hash_imported_at IS NOT NULL, hash_upgraded_at IS NOT NULL FROM users",
            row =>
            {
                users++;
                var hash = row.Text(0);
                without += hash is null ? 1 : 0;
                outdated += hash is not null && hasher.IsWeak(hash) ? 1 : 0;
                imported += row.GetBoolean(1) ? 1 : 0;
                upgraded += row.GetBoolean(2) ? 1 : 0;
                return false;
            });
        return new PasswordSummary
        {
            Users = users,
            Current = users - outdated - without,
            Outdated = outdated,
            WithoutPassword = without,
            Imported = imported,
            ImportedAndUpgraded = upgraded,
        };
    }
}
