namespace Medatarun.Contracts.Operations;

/// <summary>Keys of the permissions that the product itself asks for.</summary>
public static class PermissionKeys
{
    /// <summary>Everything. Implies every other permission.</summary>
    public const string Admin = "admin";

    /// <summary>Create, read, change, disable and delete users, and read actors.</summary>
    public const string UserManage = "user_manage";

    /// <summary>Every key, in the order in which they are shown.</summary>
    public static IReadOnlyList<string> All { get; } = [Admin, UserManage];
}
