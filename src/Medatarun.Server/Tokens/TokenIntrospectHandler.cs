using Medatarun.Contracts.Auth;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;

namespace Medatarun.Server.Tokens;

/// <summary>
/// Says what a token is. A service asks with each of its own requests: nothing is written, not even that the token was seen, and what
/// was verified once is remembered.
/// </summary>
internal sealed class TokenIntrospectHandler(CallerResolver callers, TokenValidator tokens, MedatarunServerOptions options)
    : OperationHandler<TokenReference, TokenIntrospectResponse>(TokenOperations.TokenIntrospect)
{
    public override async ValueTask<Outcome<Prepared<TokenIntrospectResponse>>> PrepareAsync(
        TokenReference request, CallContext call, CancellationToken cancellationToken)
    {
        var token = new BearerToken(request.Token!.Reveal());
        // RFC 7662 §2.2: why a token is not active is nobody's business. §4: one of another issuer is that issuer's to describe; and
        // asking about it makes no actor here.
        return (await tokens.ValidateAsync(token, call.Now)).Failed(out _, out var validated)
            || validated.External is not null
            || (await callers.ResolveAsync(token, call)).Failed(out _, out var owner)
                ? Prepared<TokenIntrospectResponse>.Answer(TokenIntrospectResponse.Inactive)
                : Prepared<TokenIntrospectResponse>.Answer(Describe(owner, validated.ExpiresAt));
    }

    private TokenIntrospectResponse Describe(Caller owner, DateTimeOffset expiresAt) => new()
    {
        Active = true,
        Scope = PermissionText.Of(owner.Permissions),
        TokenType = "Bearer",
        Iss = options.Issuer,
        Aud = options.Audience,
        Sub = owner.ActorId.ToString(),
        Username = owner.Subject,
        Exp = expiresAt == DateTimeOffset.MaxValue ? null : expiresAt.ToUnixTimeSeconds(),
        Sid = owner.Credential.Kind == CredentialKind.Session ? owner.Credential.Id.ToString() : null,
        Role = owner.Roles.Count > 0 ? owner.Roles[0] : null,
        Groups = owner.Groups,
    };
}
