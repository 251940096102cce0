using System.Security;
using Medatarun.Contracts;
using Medatarun.Contracts.Auth;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Objects;

/// <summary>An API token. Its value is there only when it was just made, as a SecureString, and is left out when the object is serialized.</summary>
public sealed class MedatarunApiToken
{
    internal MedatarunApiToken(ApiTokenInfo token, Secret? value = null)
    {
        Name = token.Name;
        UserName = token.Username;
        Permissions = token.Permissions is { } permissions ? new NameList(permissions) : null;
        CreatedAt = token.CreatedAt;
        ExpiresAt = token.ExpiresAt;
        LastUsedAt = token.LastUsedAt;
        Id = token.Id;
        Token = value is null ? null : SecureText.Hide(value.Reveal());
    }

    /// <summary>What it is for.</summary>
    public string Name { get; }

    /// <summary>Whose it is: a username or the name of a service account.</summary>
    public string UserName { get; }

    /// <summary>The permissions it is cut to; null when it has all of its owner's.</summary>
    public NameList? Permissions { get; }

    /// <summary>When it was made (UTC).</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>When it expires (UTC); null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; }

    /// <summary>When it was last used (UTC); null for never.</summary>
    public DateTimeOffset? LastUsedAt { get; }

    /// <summary>The id (UUID).</summary>
    public string Id { get; }

    /// <summary>The value, of a token that was just made; null of any other, since nobody keeps it.</summary>
    public SecureString? Token { get; }

    /// <summary>What it is for; never the value.</summary>
    public override string ToString() => Name;
}
