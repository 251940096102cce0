namespace Medatarun.PowerShell.Importing;

/// <summary>What may be said of a user in a row. Named like the parameters of New-MedatarunUser, which <c>-Map</c> uses.</summary>
internal enum UserMember
{
    /// <summary>The username.</summary>
    UserName,

    /// <summary>The full name.</summary>
    FullName,

    /// <summary>The e-mail address.</summary>
    Email,

    /// <summary>The password.</summary>
    Password,

    /// <summary>The hash that another system kept.</summary>
    PasswordHash,

    /// <summary>The role.</summary>
    Role,

    /// <summary>The groups.</summary>
    Groups,

    /// <summary>Whether the user is an administrator, which is the role <c>admin</c>.</summary>
    Admin,

    /// <summary>Whether the account is disabled.</summary>
    Disabled,
}
