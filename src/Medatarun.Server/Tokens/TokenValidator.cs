using System.Text.Json;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Medatarun.Server.Tokens;

/// <summary>
/// Verifies our own tokens. A token that was verified is remembered by its hash, so that a client that sends it
/// with every request pays for the signature or the look-up once. Whether its credential still lives is asked elsewhere, every time.
/// </summary>
internal sealed class TokenValidator(SigningKeys keys, ApiTokenLookup apiTokens, MedatarunServerOptions options)
{
    // Ours are about 1 KiB, and with very many groups and the longest of names under this; whatever is longer is not worth parsing.
    private const int MaxTokenLength = 16 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    private readonly JsonWebTokenHandler handler = new() { MaximumTokenSizeInBytes = MaxTokenLength };
    private readonly VerifiedTokens verified = new();

    public async ValueTask<Outcome<ValidatedToken>> ValidateAsync(BearerToken token, DateTimeOffset now)
    {
        if (!verified.TryFind(token.Fingerprint, out var validated))
        {
            validated = token.Value.StartsWith(OpaqueToken.ApiPrefix, StringComparison.Ordinal)
                ? apiTokens.Find(token.Value)
                : await VerifyAsync(token.Value, now);
            if (validated is null)
            {
                return ProblemCatalogue.InvalidToken;
            }

            verified.Remember(token.Fingerprint, validated, now);
        }

        return validated.ExpiresAt > now ? validated : ProblemCatalogue.TokenExpired;
    }

    private async Task<ValidatedToken?> VerifyAsync(string token, DateTimeOffset now)
    {
        if (token.Length > MaxTokenLength || Parse(token) is not { } parsed || keys.Find(parsed.Kid) is not { } key)
        {
            return null;
        }

        var result = await handler.ValidateTokenAsync(parsed, new TokenValidationParameters
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
            && parsed.TryGetPayloadValue<string>(TokenClaims.SessionId, out var session)
            && Guid.TryParseExact(session, "D", out var sessionId)
                ? new ValidatedToken(Credential.Session(sessionId), new DateTimeOffset(DateTime.SpecifyKind(parsed.ValidTo, DateTimeKind.Utc)))
                : null;
    }

    // Strict before the library's own reading: no member twice, no header that asks for more than a signature check
    // (RFC 7515 §4.1.11, RFC 8725 §3.10).
    private static JsonWebToken? Parse(string token)
    {
        try
        {
            var parts = token.Split('.');
            if (parts.Length != 3)
            {
                return null;
            }

            using var header = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(parts[0]), Strict);
            using var payload = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(parts[1]), Strict);
            return header.RootElement.ValueKind == JsonValueKind.Object
                && payload.RootElement.ValueKind == JsonValueKind.Object
                && header.RootElement.EnumerateObject().All(member => member.Name is "alg" or "typ" or "kid")
                    ? new JsonWebToken(token)
                    : null;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or JsonException or SecurityTokenException)
        {
            return null;
        }
    }
}
