using Medatarun.Contracts;
using Medatarun.Contracts.Auth;

namespace Medatarun.Client;

/// <summary>The tokens of a connection at one moment. Times that something is decided by are this machine's own.</summary>
internal sealed record HeldTokens
{
    private static readonly TimeSpan LongestMargin = TimeSpan.FromSeconds(60);

    private HeldTokens(Secret accessToken) => AccessToken = accessToken;

    public Secret AccessToken { get; }

    /// <summary>When the access token expires, as the server or the token says; null when that is not known.</summary>
    public DateTimeOffset? ExpiresAt { get; private init; }

    /// <summary>What a new access token is had for; null when this one is all there is.</summary>
    public Secret? RefreshToken { get; init; }

    /// <summary>From when on the access token is to be renewed before it is used.</summary>
    public DateTimeOffset RefreshAt { get; init; }

    /// <summary>From when on the access token is of no use.</summary>
    public DateTimeOffset EndsAt { get; private init; }

    /// <summary>A token that somebody brought.</summary>
    public static HeldTokens Of(Secret accessToken, DateTimeOffset? expiresAt) =>
        new(accessToken) { ExpiresAt = expiresAt ?? TokenExpiry.Read(accessToken) };

    /// <summary>The tokens of a sign-in or a refresh that was answered just now.</summary>
    public static HeldTokens Of(SignInResponse answer, DateTimeOffset now)
    {
        // Seconds from now, since the server's clock may be another one. Short lives are not eaten up by the margin.
        var life = TimeSpan.FromSeconds(answer.ExpiresIn);
        var margin = life / 5 < LongestMargin ? life / 5 : LongestMargin;
        return new(answer.AccessToken)
        {
            ExpiresAt = answer.ExpiresAt,
            RefreshToken = answer.RefreshToken,
            RefreshAt = now + life - margin,
            EndsAt = now + life,
        };
    }

    /// <summary>Whether the access token is to be renewed before it is used.</summary>
    public bool IsDue(DateTimeOffset now) => RefreshToken is not null && (now >= RefreshAt || now >= EndsAt);
}
