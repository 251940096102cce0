using Medatarun.Client.Tests.Servers;
using Medatarun.Contracts;
using Medatarun.Contracts.Auth;

namespace Medatarun.Client.Tests;

public sealed class TokenExchangeTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_is_exchanged_for_a_connection_that_ends_with_its_session()
    {
        await using var server = new ScriptedServer(
            ScriptedServer.Ok("""
                {"access_token":"ours","token":"ours","token_type":"Bearer","expires_in":600,"expires_at":"2026-11-22T12:00:00Z","role":null,
                "user":{"id":"u","username":"job","fullname":"Job","email":null,"admin":false,"role":null,"roles":[],"groups":[],"disabled":false,
                "created_at":"2026-11-22T08:00:00Z","last_login_at":null}}
                """),
            ScriptedServer.Problem(401, "token_expired"));
        var before = new MedatarunConnection(server.Url).WithToken(new Secret("of.before"));

        var exchanged = await before.ExchangeTokenAsync(new Secret("the.job.token"), cancellationToken: Stop);
        var refusal = await Assert.ThrowsAsync<MedatarunException>(
            () => exchanged.InvokeAsync(AuthOperations.WhoAmI, EmptyRequest.Instance, cancellationToken: Stop));

        Assert.Equal(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero), exchanged.ExpiresAt);
        Assert.StartsWith("POST /api/auth/token_exchange HTTP/1.1\r\n", server.Requests[0], StringComparison.Ordinal);
        Assert.EndsWith("""{"token":"the.job.token"}""", server.Requests[0], StringComparison.Ordinal);
        Assert.DoesNotContain("of.before", server.Requests[0], StringComparison.Ordinal);
        Assert.Contains("Authorization: Bearer ours\r\n", server.Requests[1], StringComparison.Ordinal);
        Assert.Equal("token_expired", refusal.Code);
        Assert.Equal(2, server.Requests.Count);
    }
}
