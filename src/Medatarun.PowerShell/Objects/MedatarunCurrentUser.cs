using Medatarun.Contracts.Auth;

namespace Medatarun.PowerShell.Objects;

/// <summary>Who is signed in, and what they may do, at this moment.</summary>
public sealed class MedatarunCurrentUser
{
    internal MedatarunCurrentUser(WhoAmIResponse who)
    {
        UserName = who.Username;
        FullName = who.Fullname;
        Email = who.Email;
        Admin = who.Admin;
        Type = who.Type;
        Role = who.Role;
        Roles = new NameList(who.Roles);
        Groups = new NameList(who.Groups);
        Permissions = new NameList(who.Permissions);
        Issuer = who.Issuer;
        Subject = who.Sub;
        Id = who.Id;
    }

    /// <summary>The username.</summary>
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

    /// <summary>Every role.</summary>
    public NameList Roles { get; }

    /// <summary>Every group.</summary>
    public NameList Groups { get; }

    /// <summary>Every permission.</summary>
    public NameList Permissions { get; }

    /// <summary>Who vouches for the identity.</summary>
    public string Issuer { get; }

    /// <summary>A local user's username, an external identity's subject.</summary>
    public string Subject { get; }

    /// <summary>The id (UUID).</summary>
    public string Id { get; }

    /// <summary>The username.</summary>
    public override string ToString() => UserName;
}
