using System.Text.Json;
using System.Text.Json.Nodes;
using Medatarun.Server.Http.OAuth;
using Medatarun.Server.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Tokens;

namespace Medatarun.Server.Http;

/// <summary>The public documents by which other systems come to trust our tokens. They name what exists, and nothing else.</summary>
internal sealed class WellKnownDocuments(SigningKeys keys, TokenEndpoint tokens, MedatarunServerOptions options)
{
    /// <summary>JSON Web Key Set (RFC 7517).</summary>
    public Task KeysAsync(HttpContext context)
    {
        var set = new JsonArray();
        foreach (var key in keys.All)
        {
            var (x, y) = key.PublicPoint();
            set.Add((JsonNode)new JsonObject
            {
                ["kty"] = "EC",
                ["crv"] = "P-256",
                ["x"] = x,
                ["y"] = y,
                ["kid"] = key.KeyId,
                ["use"] = "sig",
                ["alg"] = SigningKey.Algorithm,
            });
        }

        return AnswerAsync(context, new JsonObject { ["keys"] = set });
    }

    /// <summary>Metadata of the authorization server (RFC 8414), under both of its usual names.</summary>
    public Task DiscoveryAsync(HttpContext context)
    {
        var address = BaseAddress.Of(context.Request, options);
        return AnswerAsync(context, new JsonObject
        {
            ["issuer"] = options.Issuer,
            ["jwks_uri"] = $"{address}/auth/jwks.json",
            ["token_endpoint"] = $"{address}{OAuthEndpoints.TokenPath}",
            ["token_endpoint_auth_methods_supported"] = new JsonArray("none"),
            ["grant_types_supported"] = new JsonArray([.. tokens.GrantTypes.Select(grantType => JsonValue.Create(grantType.Name))]),
            ["introspection_endpoint"] = $"{address}{OAuthEndpoints.IntrospectionPath}",
            // RFC 8414 §2: types of access tokens stand beside the methods of the token endpoint here, and here alone.
            ["introspection_endpoint_auth_methods_supported"] = new JsonArray("client_secret_basic", "Bearer"),
            ["revocation_endpoint"] = $"{address}{OAuthEndpoints.RevocationPath}",
            ["revocation_endpoint_auth_methods_supported"] = new JsonArray("client_secret_basic"),
            ["response_types_supported"] = new JsonArray(),
            ["subject_types_supported"] = new JsonArray("public"),
            ["id_token_signing_alg_values_supported"] = new JsonArray(SecurityAlgorithms.EcdsaSha256),
            ["claims_supported"] = new JsonArray(
                "iss", "aud", "sub", "iat", "exp", TokenClaims.TokenId, TokenClaims.SessionId, TokenClaims.PreferredUsername,
                TokenClaims.Name, TokenClaims.Email, TokenClaims.Role, TokenClaims.Groups),
        });
    }

    private static async Task AnswerAsync(HttpContext context, JsonObject document)
    {
        context.Response.ContentType = "application/json";
        // Verifiers ask again every few minutes, so that a new key is known before the old one goes.
        context.Response.Headers.CacheControl = "public, max-age=300";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        document.WriteTo(json);
        await json.FlushAsync(context.RequestAborted);
    }
}
