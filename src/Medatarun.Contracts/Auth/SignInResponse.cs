using System.Text.Json.Serialization;

namespace Medatarun.Contracts.Auth;

/// <summary>A new session: its access token and who signed in.</summary>
public sealed record SignInResponse
{
    /// <summary>The access token, a JSON Web Token.</summary>
    public required Secret AccessToken { get; init; }

    /// <summary>Always <c>Bearer</c>.</summary>
    public string TokenType { get; init; } = "Bearer";

    /// <summary>Seconds until the access token expires.</summary>
    public required long ExpiresIn { get; init; }

    /// <summary>When the access token expires (UTC).</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The access token once more, for clients that look for it here.</summary>
    public required Secret Token { get; init; }

    /// <summary>The refresh token; absent unless one was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Secret? RefreshToken { get; init; }

    /// <summary>The role of the user; null for none.</summary>
    public string? Role { get; init; }

    /// <summary>Who signed in.</summary>
    public required UserInfo User { get; init; }
}
