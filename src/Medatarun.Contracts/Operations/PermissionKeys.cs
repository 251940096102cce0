namespace Medatarun.Contracts.Operations;

/// <summary>Keys of the permissions that the product itself asks for.</summary>
public static class PermissionKeys
{
    /// <summary>Everything. Implies every other permission, also those that are registered later.</summary>
    public const string Admin = "admin";

    /// <summary>Create, change, disable and delete users and service accounts, and give them roles.</summary>
    public const string UserManage = "user_manage";

    /// <summary>See users, actors, roles, permissions and groups.</summary>
    public const string UserRead = "user_read";

    /// <summary>Create, change and delete roles, and register permissions.</summary>
    public const string RoleManage = "role_manage";

    /// <summary>Create, change and delete groups, and say who is in them.</summary>
    public const string GroupManage = "group_manage";

    /// <summary>Make and end other people's tokens and sessions.</summary>
    public const string TokenManage = "token_manage";

    /// <summary>Ask whether a token is accepted, and whose it is.</summary>
    public const string TokenIntrospect = "token_introspect";

    /// <summary>Say whose tokens are accepted beside our own, and what their claims give.</summary>
    public const string IssuerManage = "issuer_manage";

    /// <summary>See password hashes in an export.</summary>
    public const string HashExport = "hash_export";

    /// <summary>Read the audit log.</summary>
    public const string AuditRead = "audit_read";

    /// <summary>Change the server's own settings.</summary>
    public const string ServerManage = "server_manage";
}
