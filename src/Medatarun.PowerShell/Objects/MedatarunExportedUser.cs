using System.Security;
using Medatarun.Contracts.Import;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Objects;

/// <summary>
/// A user as Import-MedatarunUser takes them. The hash is there only when it was asked for, as a SecureString, and is left out when the object is
/// serialized.
/// </summary>
public sealed class MedatarunExportedUser
{
    internal MedatarunExportedUser(UserImportRow row)
    {
        UserName = row.Username ?? string.Empty;
        FullName = row.Fullname;
        Email = row.Email;
        Role = row.Role;
        Groups = new NameList(row.Groups ?? []);
        Disabled = row.Disabled ?? false;
        PasswordHash = row.PasswordHash is { } hash ? SecureText.Hide(hash.Reveal()) : null;
    }

    /// <summary>The username.</summary>
    public string UserName { get; }

    /// <summary>The full name.</summary>
    public string? FullName { get; }

    /// <summary>The e-mail address; null when there is none.</summary>
    public string? Email { get; }

    /// <summary>The user's own role; null for none.</summary>
    public string? Role { get; }

    /// <summary>The groups.</summary>
    public NameList Groups { get; }

    /// <summary>Whether the account is disabled.</summary>
    public bool Disabled { get; }

    /// <summary>The hash of the password; null when it was not asked for, or there is none.</summary>
    public SecureString? PasswordHash { get; }

    /// <summary>The username.</summary>
    public override string ToString() => UserName;
}
