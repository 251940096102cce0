using Medatarun.Server.Storage;

namespace Medatarun.Server.Access;

/// <summary>The statements about credentials that are stored. A token of another issuer is not.</summary>
internal static class CredentialQueries
{
    /// <summary>Whose a credential is, whether it lives or not; null when there is none.</summary>
    public static Guid? OwnerOf(StoreTransaction transaction, Credential credential)
    {
        var sql = credential.Kind switch
        {
            CredentialKind.Session => "SELECT actor_id FROM sessions WHERE id = @id",
            CredentialKind.ApiToken => "SELECT actor_id FROM api_tokens WHERE id = @id",
            _ => null,
        };
        return sql is not null && transaction.QueryFirst(sql, row => row.GetString(0), ("@id", credential.Id)) is { } owner
            ? Guid.Parse(owner)
            : null;
    }

    /// <summary>Ends a credential; one that has ended stays as it is.</summary>
    public static void End(StoreTransaction transaction, Credential credential, Guid owner, DateTimeOffset now)
    {
        var sql = credential.Kind switch
        {
            CredentialKind.Session => "UPDATE sessions SET ended_at = @now WHERE id = @id AND ended_at IS NULL",
            CredentialKind.ApiToken => "UPDATE api_tokens SET revoked_at = @now WHERE id = @id AND revoked_at IS NULL",
            _ => throw new InvalidOperationException("What another issuer made is not ended here."),
        };
        transaction.Execute(sql, ("@now", now), ("@id", credential.Id));
        transaction.Touch(owner);
    }
}
