using Medatarun.Contracts.Auth;
using Medatarun.Server.Storage;
using Medatarun.Server.Tokens;
using Medatarun.Server.Users;

namespace Medatarun.Server.Sessions;

/// <summary>Opens a session for a user who has proved who they are.</summary>
internal sealed class SignIn(TokenIssuer tokens, MedatarunServerOptions options)
{
    public SignInResponse Open(StoreTransaction transaction, UserRow user, DateTimeOffset now)
    {
        // Tokens carry whole seconds; what is answered and what is stored agree with them.
        var issuedAt = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds());
        var expiresAt = issuedAt + options.AccessTokenLifetime;
        var session = SessionQueries.Open(transaction, user.Id, now, expiresAt);
        UserQueries.MarkSignedIn(transaction, user.Id, now);
        var info = UserQueries.Info(transaction, user with { LastLoginAt = now });
        var token = tokens.Issue(info, session, issuedAt, expiresAt);
        return new SignInResponse
        {
            AccessToken = token,
            Token = token,
            ExpiresIn = (long)options.AccessTokenLifetime.TotalSeconds,
            ExpiresAt = expiresAt,
            Role = info.Role,
            User = info,
        };
    }
}
