using System.Security;
using Medatarun.Client;
using Medatarun.Contracts.Auth;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Objects;

/// <summary>An access token. Its value is a SecureString, and is left out when the object is serialized.</summary>
public sealed class MedatarunToken
{
    internal MedatarunToken(MedatarunConnection client, SignInResponse answer)
    {
        Client = client.WithSignIn(answer);
        UserName = answer.User.Username;
        AccessToken = SecureText.Hide(answer.AccessToken.Reveal());
        ExpiresAt = answer.ExpiresAt;
    }

    /// <summary>The server that issued the token.</summary>
    public Uri Url => Client.BaseUrl;

    /// <summary>Whom the token signs in.</summary>
    public string UserName { get; }

    /// <summary>The token.</summary>
    public SecureString AccessToken { get; }

    /// <summary>When the token expires (UTC).</summary>
    public DateTimeOffset ExpiresAt { get; }

    /// <summary>The connection with the token.</summary>
    internal MedatarunConnection Client { get; }

    /// <summary>Whom it signs in; never the token.</summary>
    public override string ToString() => $"{UserName} @ {Url}";
}
