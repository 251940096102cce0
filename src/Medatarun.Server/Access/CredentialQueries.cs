using Medatarun.Server.Storage;

namespace Medatarun.Server.Access;

/// <summary>The statements about credentials of either kind.</summary>
internal static class CredentialQueries
{
    /// <summary>Whose a credential is, whether it lives or not; null when there is none.</summary>
    public static Guid? OwnerOf(StoreTransaction transaction, Credential credential) =>
        transaction.QueryFirst(
            credential.Kind == CredentialKind.Session
                ? "SELECT actor_id FROM sessions WHERE id = @id"
                : "SELECT actor_id FROM api_tokens WHERE id = @id",
            row => row.GetString(0),
            ("@id", credential.Id)) is { } owner ? Guid.Parse(owner) : null;

    /// <summary>Ends a credential; one that has ended stays as it is.</summary>
    public static void End(StoreTransaction transaction, Credential credential, Guid owner, DateTimeOffset now)
    {
        transaction.Execute(
            credential.Kind == CredentialKind.Session
                ? "UPDATE sessions SET ended_at = @now WHERE id = @id AND ended_at IS NULL"
                : "UPDATE api_tokens SET revoked_at = @now WHERE id = @id AND revoked_at IS NULL",
            ("@now", now), ("@id", credential.Id));
        transaction.Touch(owner);
    }
}
