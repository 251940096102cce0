using Medatarun.Server.Access;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Bootstrap;

/// <summary>Makes a new user the first administrator, which nobody can be made after.</summary>
internal static class FirstAdministrator
{
    /// <summary>Whether there was one already.</summary>
    public static bool Exists(StoreTransaction transaction) => BootstrapSecretHolder.IsConsumed(transaction);

    public static void Appoint(StoreTransaction transaction, Guid user, DateTimeOffset now)
    {
        BootstrapSecretHolder.Consume(transaction, now);
        ActorQueries.AddRole(transaction, user, RoleQueries.Find(transaction, RoleKeys.Admin)!.Id);
    }
}
