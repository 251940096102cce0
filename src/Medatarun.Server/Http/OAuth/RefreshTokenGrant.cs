using Medatarun.Contracts;
using Medatarun.Contracts.Auth;
using Medatarun.Server.Operations;
using Medatarun.Server.Tokens;
using Microsoft.AspNetCore.Http;

namespace Medatarun.Server.Http.OAuth;

/// <summary>RFC 6749 §6: a refresh token for its successors.</summary>
internal sealed class RefreshTokenGrant(TokenRefreshHandler handler, OperationPipeline pipeline) : GrantType("refresh_token")
{
    public override ValueTask<Outcome<SignInResponse>> ExchangeAsync(HttpContext context, OAuthForm form) => pipeline.RunAsync(
        handler,
        new TokenRefreshRequest { RefreshToken = Secret.From(form["refresh_token"]) },
        token: null,
        new HttpOrigin(context),
        context.RequestAborted);
}
