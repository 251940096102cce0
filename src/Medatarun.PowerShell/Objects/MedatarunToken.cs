using System.Security;

namespace Medatarun.PowerShell.Objects;

/// <summary>An access token. Its value is a SecureString, and is left out when the object is serialized.</summary>
public sealed class MedatarunToken
{
    internal MedatarunToken(Uri url, string userName, SecureString accessToken, DateTimeOffset expiresAt)
    {
        Url = url;
        UserName = userName;
        AccessToken = accessToken;
        ExpiresAt = expiresAt;
    }

    /// <summary>The server that issued the token.</summary>
    public Uri Url { get; }

    /// <summary>Whom the token signs in.</summary>
    public string UserName { get; }

    /// <summary>The token.</summary>
    public SecureString AccessToken { get; }

    /// <summary>When the token expires (UTC).</summary>
    public DateTimeOffset ExpiresAt { get; }

    /// <summary>Whom it signs in; never the token.</summary>
    public override string ToString() => $"{UserName} @ {Url}";
}
