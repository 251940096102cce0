using Medatarun.Server.Storage;

namespace Medatarun.Server.Access;

/// <summary>What must be true of our own actors whenever the server runs.</summary>
internal static class LocalIdentities
{
    /// <summary>The subject of the server's own actor. It is no username, so that nobody can have it.</summary>
    public const string SystemSubject = "urn:medatarun:system";

    /// <summary>Makes the server's own actor if it is missing, and lets our actors follow when the configured issuer changed.</summary>
    public static Task AlignAsync(Store store, string issuer, DateTimeOffset now) =>
        store.WriteAsync(transaction =>
        {
            transaction.Execute(
                "UPDATE actors SET issuer = @issuer WHERE kind IN ('user', 'service', 'system') AND issuer <> @issuer", ("@issuer", issuer));
            if (ActorQueries.ListOfKind(transaction, ActorKinds.System).Count == 0)
            {
                ActorQueries.Insert(transaction, new ActorRow
                {
                    Id = Guid.CreateVersion7(now),
                    Kind = ActorKinds.System,
                    Issuer = issuer,
                    Subject = SystemSubject,
                    Fullname = "Medatarun",
                    CreatedAt = now,
                });
            }

            transaction.TouchEveryone();
            return true;
        });
}
