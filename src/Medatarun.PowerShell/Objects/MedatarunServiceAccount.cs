using Medatarun.Contracts.Auth;

namespace Medatarun.PowerShell.Objects;

/// <summary>A service account: an actor without a password, for runbooks and pipelines.</summary>
public sealed class MedatarunServiceAccount
{
    internal MedatarunServiceAccount(ActorInfo actor)
    {
        Name = actor.Subject;
        FullName = actor.Fullname;
        Owner = actor.Owner;
        Type = actor.Type;
        Roles = new NameList(actor.Roles);
        Groups = new NameList(actor.Groups);
        Disabled = actor.DisabledAt is not null;
        CreatedAt = actor.CreatedAt;
        LastSeenAt = actor.LastSeenAt;
        Id = actor.Id;
    }

    /// <summary>The name; it never changes, and no user has it.</summary>
    public string Name { get; }

    /// <summary>The name once more, as everything calls it that takes users and service accounts alike.</summary>
    public string UserName => Name;

    /// <summary>What the account is for.</summary>
    public string FullName { get; }

    /// <summary>The username of the person who answers for it; null when that person is gone.</summary>
    public string? Owner { get; }

    /// <summary><c>Operator</c> for whoever holds the permission <c>admin</c>, else <c>User</c>.</summary>
    public string Type { get; }

    /// <summary>Every role, also through groups.</summary>
    public NameList Roles { get; }

    /// <summary>Every group.</summary>
    public NameList Groups { get; }

    /// <summary>Whether the account is disabled.</summary>
    public bool Disabled { get; }

    /// <summary>When the account was created (UTC).</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>When the account was last seen (UTC); null for never.</summary>
    public DateTimeOffset? LastSeenAt { get; }

    /// <summary>The id (UUID), which is the actor's.</summary>
    public string Id { get; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
