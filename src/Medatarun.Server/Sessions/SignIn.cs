using Medatarun.Contracts;
using Medatarun.Contracts.Auth;
using Medatarun.Server.Audit;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;
using Medatarun.Server.Tokens;

namespace Medatarun.Server.Sessions;

/// <summary>
/// Opens a session for somebody who has proved who they are, or for whom an operator may make a token, and goes on with it. Tokens
/// carry whole seconds; what is answered and what is stored agree with them.
/// </summary>
internal sealed class SignIn(TokenIssuer tokens, RandomSource random, MedatarunServerOptions options)
{
    // What a client calls itself is for people to recognise it by; no more of it is kept.
    private const int MaxAgent = 200;

    /// <summary>Opens the session and makes its tokens.</summary>
    /// <param name="transaction">The transaction in which the proof was judged.</param>
    /// <param name="user">Whose it is: a user, or a service account or external actor in the form of one.</param>
    /// <param name="call">The call that asks for it.</param>
    /// <param name="terms">How it is opened.</param>
    public SignInResponse Open(StoreTransaction transaction, UserInfo user, CallContext call, SessionTerms terms)
    {
        var issuedAt = WholeSeconds(call.Now);
        var lifetime = terms.Lifetime ?? options.AccessTokenLifetime;
        var endsAt = issuedAt + (terms.Offline ? options.SessionLifetime : lifetime);
        var expiresAt = terms.Offline ? Earlier(issuedAt + options.RefreshTokenLifetime, endsAt) : endsAt;
        var session = SessionQueries.Open(transaction, new SessionRow
        {
            ActorId = Guid.Parse(user.Id),
            Client = call.Origin.Agent is { Length: > 0 } agent ? VisibleText.Of(agent, MaxAgent) : null,
            Address = call.Origin.Address?.ToString(),
            CreatedAt = call.Now,
            ExpiresAt = expiresAt,
            EndsAt = endsAt,
            Offline = terms.Offline,
            Exchanged = terms.Exchanged,
        });
        var refreshToken = terms.Offline ? NewRefreshToken(transaction, session, call) : null;
        return Answer(user, session, issuedAt, Earlier(issuedAt + lifetime, expiresAt), refreshToken);
    }

    /// <summary>Goes on with a session that can be refreshed: sets its idle limit anew and makes new tokens.</summary>
    /// <param name="transaction">The transaction in which the refresh token was judged.</param>
    /// <param name="user">Whose it is.</param>
    /// <param name="call">The call that asks for it.</param>
    /// <param name="session">The session.</param>
    /// <param name="endsAt">When it ends whatever is done.</param>
    public SignInResponse Continue(StoreTransaction transaction, UserInfo user, CallContext call, Guid session, DateTimeOffset endsAt)
    {
        var issuedAt = WholeSeconds(call.Now);
        var expiresAt = Earlier(issuedAt + options.RefreshTokenLifetime, endsAt);
        SessionQueries.Continue(transaction, session, expiresAt, call.Now);
        var refreshToken = NewRefreshToken(transaction, session, call);
        return Answer(user, session, issuedAt, Earlier(issuedAt + options.AccessTokenLifetime, expiresAt), refreshToken);
    }

    private Secret NewRefreshToken(StoreTransaction transaction, Guid session, CallContext call)
    {
        var token = OpaqueToken.Create(random, OpaqueToken.RefreshPrefix);
        RefreshTokenQueries.Insert(transaction, OpaqueToken.HashOf(token.Reveal()), session, call.Now);
        return token;
    }

    // No access token outlives its session, so that whoever remembers a verified one need not ask when the session ends.
    private SignInResponse Answer(UserInfo user, Guid session, DateTimeOffset issuedAt, DateTimeOffset expiresAt, Secret? refreshToken)
    {
        var token = tokens.Issue(user, session, issuedAt, expiresAt);
        return new SignInResponse
        {
            AccessToken = token,
            Token = token,
            ExpiresIn = (long)(expiresAt - issuedAt).TotalSeconds,
            ExpiresAt = expiresAt,
            RefreshToken = refreshToken,
            Role = user.Role,
            User = user,
        };
    }

    private static DateTimeOffset WholeSeconds(DateTimeOffset moment) => DateTimeOffset.FromUnixTimeSeconds(moment.ToUnixTimeSeconds());

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
