using Medatarun.Contracts.Auth;

namespace Medatarun.PowerShell.Objects;

/// <summary>A session that lives: whose it is, where it is used, and until when.</summary>
public sealed class MedatarunSession
{
    internal MedatarunSession(SessionInfo session)
    {
        Id = session.Id;
        UserName = session.Username;
        Client = session.Client;
        Address = session.Address;
        CreatedAt = session.CreatedAt;
        LastUsedAt = session.LastUsedAt;
        ExpiresAt = session.ExpiresAt;
        EndsAt = session.EndsAt;
        Offline = session.Offline;
        Current = session.Current;
    }

    /// <summary>Whose it is: a username or the name of a service account.</summary>
    public string UserName { get; }

    /// <summary>The program that signed in, as it calls itself; null when it did not say.</summary>
    public string? Client { get; }

    /// <summary>The address it signed in from; null when that is not known.</summary>
    public string? Address { get; }

    /// <summary>When it was opened (UTC).</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>When it was last used (UTC); null for never since it was opened.</summary>
    public DateTimeOffset? LastUsedAt { get; }

    /// <summary>When it ends if it is not refreshed before (UTC).</summary>
    public DateTimeOffset ExpiresAt { get; }

    /// <summary>When it ends whatever is done (UTC).</summary>
    public DateTimeOffset EndsAt { get; }

    /// <summary>Whether it can be refreshed.</summary>
    public bool Offline { get; }

    /// <summary>Whether it is the session of the connection that asked.</summary>
    public bool Current { get; }

    /// <summary>The id (UUID).</summary>
    public string Id { get; }

    /// <summary>Whose, and from where.</summary>
    public override string ToString() => Address is null ? UserName : $"{UserName} from {Address}";
}
