using Medatarun.Server.Access;
using Medatarun.Server.Storage;
using Medatarun.Server.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace Medatarun.Server.Tests.Support;

/// <summary>Puts an API token into a server's store, for tests that are not about how one is made.</summary>
internal static class StoredApiToken
{
    /// <summary>A caller with an API token of a user or service account, cut to permissions if some are named.</summary>
    public static async Task<TestCaller> AsApiTokenAsync(this TestServer server, string username, params string[] permissions)
    {
        var token = OpaqueToken.Create(new RandomSource(), OpaqueToken.ApiPrefix).Reveal();
        await server.Services.GetRequiredService<StoreHolder>().Current.WriteAsync(transaction => transaction.Execute(
            """
            INSERT INTO api_tokens (id, actor_id, name, hash, permissions, created_at)
            VALUES (@id, @actor, 'test', @hash, @permissions, @now)
            """,
            ("@id", Guid.CreateVersion7()), ("@actor", ActorQueries.FindLocalByName(transaction, username)!.Id),
            ("@hash", OpaqueToken.HashOf(token)), ("@permissions", permissions.Length == 0 ? null : PermissionText.Of(permissions)),
            ("@now", server.Clock.GetUtcNow())));
        return server.As(token);
    }
}
