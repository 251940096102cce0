using Medatarun.Server.Access;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Tokens;

/// <summary>From the value of an API token to the credential that it proves. Whether that still lives is not asked here.</summary>
internal sealed class ApiTokenLookup(StoreHolder store)
{
    /// <summary>The credential; null when there is no such token.</summary>
    public ValidatedToken? Find(string token) =>
        // A typo, or what somebody made up, costs no look-up.
        OpaqueToken.IsWellFormed(token, OpaqueToken.ApiPrefix) ? store.Current.Read(transaction => Find(transaction, token)) : null;

    private static ValidatedToken? Find(StoreTransaction transaction, string token) =>
        transaction.QueryFirst(
            "SELECT id, expires_at FROM api_tokens WHERE hash = @hash",
            row => new ValidatedToken(Credential.ApiToken(row.Id(0)), row.TimeOrNull(1) ?? DateTimeOffset.MaxValue),
            ("@hash", OpaqueToken.HashOf(token)));
}
