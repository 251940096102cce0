using Medatarun.Contracts.Auth;

namespace Medatarun.PowerShell.Objects;

/// <summary>A user. Its properties are named like the parameters of the cmdlets that make and change users.</summary>
public sealed class MedatarunUser
{
    internal MedatarunUser(UserInfo user)
    {
        UserName = user.Username;
        FullName = user.Fullname;
        Email = user.Email;
        Admin = user.Admin;
        Type = user.Admin ? MedatarunTypes.Operator : MedatarunTypes.User;
        Role = user.Role;
        Roles = new NameList(user.Roles);
        Groups = new NameList(user.Groups);
        Disabled = user.Disabled;
        Locked = user.Locked;
        CreatedAt = user.CreatedAt;
        LastLoginAt = user.LastLoginAt;
        Id = user.Id;
    }

    /// <summary>The username; it never changes.</summary>
    public string UserName { get; }

    /// <summary>The full name.</summary>
    public string FullName { get; }

    /// <summary>The e-mail address; null when there is none.</summary>
    public string? Email { get; }

    /// <summary>Whether the user is an administrator.</summary>
    public bool Admin { get; }

    /// <summary><c>Operator</c> for an administrator, else <c>User</c>.</summary>
    public string Type { get; }

    /// <summary>The first role; null for none.</summary>
    public string? Role { get; }

    /// <summary>Every role, also through groups.</summary>
    public NameList Roles { get; }

    /// <summary>The groups.</summary>
    public NameList Groups { get; }

    /// <summary>Whether the account is disabled.</summary>
    public bool Disabled { get; }

    /// <summary>Whether sign-ins are held off at this moment, after failed ones; Unlock-MedatarunUser ends that.</summary>
    public bool Locked { get; }

    /// <summary>When the user was created (UTC).</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>When the user last signed in (UTC); null for never.</summary>
    public DateTimeOffset? LastLoginAt { get; }

    /// <summary>The id (UUID).</summary>
    public string Id { get; }

    /// <summary>The username.</summary>
    public override string ToString() => UserName;
}
