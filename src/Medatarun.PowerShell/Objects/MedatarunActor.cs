using Medatarun.Contracts.Auth;

namespace Medatarun.PowerShell.Objects;

/// <summary>An identity that may act on the server: a user, a service account, or the server itself.</summary>
public sealed class MedatarunActor
{
    internal MedatarunActor(ActorInfo actor)
    {
        Id = actor.Id;
        Issuer = actor.Issuer;
        Subject = actor.Subject;
        FullName = actor.Fullname;
        Email = actor.Email;
        Kind = actor.Kind;
        Type = actor.Type;
        Roles = new NameList(actor.Roles);
        Groups = new NameList(actor.Groups);
        Owner = actor.Owner;
        Disabled = actor.DisabledAt is not null;
        DisabledAt = actor.DisabledAt;
        CreatedAt = actor.CreatedAt;
        LastSeenAt = actor.LastSeenAt;
    }

    /// <summary>The id; a local user's actor has the user's id.</summary>
    public string Id { get; }

    /// <summary>Who vouches for the identity.</summary>
    public string Issuer { get; }

    /// <summary>The name at the issuer; a local user's username.</summary>
    public string Subject { get; }

    /// <summary>The full name.</summary>
    public string FullName { get; }

    /// <summary>The e-mail address; null when there is none.</summary>
    public string? Email { get; }

    /// <summary><c>user</c>, <c>service</c> or <c>system</c>.</summary>
    public string Kind { get; }

    /// <summary><c>Operator</c> for whoever holds the permission <c>admin</c>, else <c>User</c>.</summary>
    public string Type { get; }

    /// <summary>Every role, also through groups.</summary>
    public NameList Roles { get; }

    /// <summary>Every group.</summary>
    public NameList Groups { get; }

    /// <summary>The username of the person who answers for a service account; null for others, and when that person is gone.</summary>
    public string? Owner { get; }

    /// <summary>Whether the actor is disabled.</summary>
    public bool Disabled { get; }

    /// <summary>When the actor was disabled (UTC); null while enabled.</summary>
    public DateTimeOffset? DisabledAt { get; }

    /// <summary>When the actor was created (UTC).</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>When the actor was last seen (UTC); null for never.</summary>
    public DateTimeOffset? LastSeenAt { get; }

    /// <summary>The subject.</summary>
    public override string ToString() => Subject;
}
