using Medatarun.Contracts;
using Medatarun.Contracts.Auth;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Medatarun.Server.Tokens;

/// <summary>Makes access tokens.</summary>
internal sealed class TokenIssuer(SigningKeys keys, MedatarunServerOptions options)
{
    // With the longest name and address beside them, a token is no longer than TokenValidator takes, and web servers take.
    private const int MaxGroupsLength = 4 * 1024;

    private readonly JsonWebTokenHandler handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>A token for a user's session.</summary>
    public Secret Issue(UserInfo user, Guid sessionId, DateTimeOffset now, DateTimeOffset expiresAt)
    {
        var claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            [TokenClaims.Subject] = user.Id,
            [TokenClaims.TokenId] = Guid.CreateVersion7(now).ToString(),
            [TokenClaims.SessionId] = sessionId.ToString(),
            [TokenClaims.PreferredUsername] = user.Username,
            [TokenClaims.Name] = user.Fullname,
            [TokenClaims.Groups] = ThatFit(user.Groups),
        };
        if (user.Email is not null)
        {
            claims[TokenClaims.Email] = user.Email;
        }

        if (user.Role is not null)
        {
            claims[TokenClaims.Role] = user.Role;
        }

        return new Secret(handler.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = TokenClaims.Type,
            Issuer = options.Issuer,
            Audience = options.Audience,
            IssuedAt = now.UtcDateTime,
            Expires = expiresAt.UtcDateTime,
            Claims = claims,
            SigningCredentials = keys.Current.Credentials,
        }));
    }

    // Somebody in hundreds of groups must not get a token that nobody accepts. What they may do here is never read from it, and
    // introspection names every group.
    private static string[] ThatFit(IReadOnlyList<string> groups)
    {
        var length = 0;
        return [.. groups.TakeWhile(group => (length += group.Length + 3) <= MaxGroupsLength)];
    }
}
