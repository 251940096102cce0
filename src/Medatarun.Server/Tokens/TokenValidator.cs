using Medatarun.Contracts.Problems;
using Medatarun.Server.Access;
using Medatarun.Server.External;
using Medatarun.Server.Operations;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Medatarun.Server.Tokens;

/// <summary>
/// Verifies tokens: our own, and those of trusted issuers. A token that was verified is remembered by its hash, so that a client that sends it
/// with every request pays for the signature or the look-up once. Whether its credential still lives is asked elsewhere, every time.
/// </summary>
internal sealed class TokenValidator(
    SigningKeys keys, ApiTokenLookup apiTokens, ExternalTokenVerifier external, MedatarunServerOptions options)
{
    // About 10 MB.
    private const int MaxOwn = 100_000;

    // These keep their claims, which are some KiB each.
    private const int MaxExternal = 10_000;

    private readonly JsonWebTokenHandler handler = new() { MaximumTokenSizeInBytes = JwtText.MaxLength };
    private readonly VerifiedTokens verified = new(MaxOwn);
    private readonly VerifiedTokens verifiedExternal = new(MaxExternal);

    public async ValueTask<Outcome<ValidatedToken>> ValidateAsync(BearerToken token, DateTimeOffset now)
    {
        if (!verified.TryFind(token.Fingerprint, out var validated)
            && (!verifiedExternal.TryFind(token.Fingerprint, out validated) || validated.VerifyAgainAt <= now))
        {
            if ((await VerifyAsync(token, now)).Failed(out var problem, out validated))
            {
                return problem;
            }

            (validated.External is null ? verified : verifiedExternal).Remember(token.Fingerprint, validated, now);
        }

        return validated.ExpiresAt > now ? validated : ProblemCatalogue.TokenExpired;
    }

    /// <summary>Forgets a token of another issuer, which is another since: it is verified again when it is sent again.</summary>
    public void Forget(BearerToken token) => verifiedExternal.Forget(token.Fingerprint);

    private async ValueTask<Outcome<ValidatedToken>> VerifyAsync(BearerToken token, DateTimeOffset now)
    {
        if (token.Value.StartsWith(OpaqueToken.ApiPrefix, StringComparison.Ordinal))
        {
            return OrInvalid(apiTokens.Find(token.Value));
        }

        using var text = JwtText.Read(token.Value, out _);
        if (text is null)
        {
            return ProblemCatalogue.InvalidToken;
        }

        if (text.Issuer == options.Issuer)
        {
            return OrInvalid(await VerifyOwnAsync(text, now));
        }

        return (await external.VerifyAsync(text, now)).Failed(out var problem, out var found)
            ? problem
            : new ValidatedToken(Credential.External(token.Fingerprint.ToGuid()), found.ExpiresAt, found)
            {
                VerifyAgainAt = now + options.JwksCacheDuration,
            };
    }

    private async Task<ValidatedToken?> VerifyOwnAsync(JwtText token, DateTimeOffset now)
    {
        // No header that asks for more than a signature check (RFC 7515 §4.1.11).
        if (!token.Header.EnumerateObject().All(member => member.Name is "alg" or "typ" or "kid")
            || !token.Header.TryGetProperty("kid", out var kid)
            || JsonText.Of(kid) is not { } id
            || keys.Find(id) is not { } key)
        {
            return null;
        }

        var result = await handler.ValidateTokenAsync(token.Value, new TokenValidationParameters
        {
            ValidAlgorithms = [SigningKey.Algorithm],
            ValidTypes = [TokenClaims.Type],
            ValidIssuer = options.Issuer,
            ValidAudience = options.Audience,
            IssuerSigningKey = key.Key,
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            TryAllIssuerSigningKeys = false,
            // Expiry is judged at every request, against the injected clock.
            LifetimeValidator = (notBefore, expires, _, _) => expires is not null && (notBefore ?? DateTime.MinValue) <= now.UtcDateTime,
        });
        return result.IsValid
            && result.SecurityToken is JsonWebToken parsed
            && parsed.TryGetPayloadValue<string>(TokenClaims.SessionId, out var session)
            && Guid.TryParseExact(session, "D", out var sessionId)
                ? new ValidatedToken(Credential.Session(sessionId), new DateTimeOffset(DateTime.SpecifyKind(parsed.ValidTo, DateTimeKind.Utc)))
                : null;
    }

    private static Outcome<ValidatedToken> OrInvalid(ValidatedToken? token) => token is null ? ProblemCatalogue.InvalidToken : token;
}
