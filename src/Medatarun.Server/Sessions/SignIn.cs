using Medatarun.Contracts.Auth;
using Medatarun.Server.Audit;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;
using Medatarun.Server.Tokens;

namespace Medatarun.Server.Sessions;

/// <summary>Opens a session for somebody who has proved who they are, or for whom an operator may make a token.</summary>
internal sealed class SignIn(TokenIssuer tokens, MedatarunServerOptions options)
{
    // What a client calls itself is for people to recognise it by; no more of it is kept.
    private const int MaxAgent = 200;

    /// <summary>Opens the session and makes its tokens.</summary>
    /// <param name="transaction">The transaction in which the proof was judged.</param>
    /// <param name="user">Whose it is: a user, or a service account in the form of one.</param>
    /// <param name="call">The call that asks for it.</param>
    /// <param name="terms">How it is opened.</param>
    public SignInResponse Open(StoreTransaction transaction, UserInfo user, CallContext call, SessionTerms terms)
    {
        // Tokens carry whole seconds; what is answered and what is stored agree with them.
        var issuedAt = DateTimeOffset.FromUnixTimeSeconds(call.Now.ToUnixTimeSeconds());
        var expiresAt = issuedAt + (terms.Lifetime ?? options.AccessTokenLifetime);
        var session = SessionQueries.Open(transaction, new SessionRow
        {
            ActorId = Guid.Parse(user.Id),
            Client = call.Origin.Agent is { Length: > 0 } agent ? VisibleText.Of(agent, MaxAgent) : null,
            Address = call.Origin.Address?.ToString(),
            CreatedAt = call.Now,
            ExpiresAt = expiresAt,
            EndsAt = expiresAt,
        });
        var token = tokens.Issue(user, session, issuedAt, expiresAt);
        return new SignInResponse
        {
            AccessToken = token,
            Token = token,
            ExpiresIn = (long)(expiresAt - issuedAt).TotalSeconds,
            ExpiresAt = expiresAt,
            Role = user.Role,
            User = user,
        };
    }
}
