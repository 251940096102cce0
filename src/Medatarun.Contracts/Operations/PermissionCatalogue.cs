using static Medatarun.Contracts.Operations.PermissionKeys;

namespace Medatarun.Contracts.Operations;

/// <summary>The permissions of the product. Those that integrations register are kept by the server.</summary>
public static class PermissionCatalogue
{
    private const string Users = "users";
    private const string Access = "access";
    private const string Server = "server";

    /// <summary>Every permission of the product, in the order in which they are shown. <c>admin</c> implies all others.</summary>
    public static IReadOnlyList<PermissionDefinition> All { get; } =
    [
        new(Admin, "Everything.", Server, [UserManage, UserRead, RoleManage, GroupManage, TokenManage, TokenIntrospect, IssuerManage, HashExport, AuditRead, ServerManage]),
        new(UserManage, "Create, change, disable and delete users and service accounts, and give them roles.", Users, [UserRead]),
        new(UserRead, "See users, actors, roles, permissions and groups.", Users, []),
        new(RoleManage, "Create, change and delete roles, and register permissions.", Access, [UserRead]),
        new(GroupManage, "Create, change and delete groups, and say who is in them.", Access, [UserRead]),
        new(TokenManage, "Make and end other people's tokens and sessions.", Access, [UserRead, TokenIntrospect]),
        new(TokenIntrospect, "Ask whether a token is accepted, and whose it is.", Access, []),
        new(IssuerManage, "Say whose tokens are accepted beside the server's own, and what their claims give.", Access, [UserRead]),
        new(HashExport, "See password hashes in an export of users.", Users, [UserRead]),
        new(AuditRead, "Read the audit log.", Server, []),
        new(ServerManage, "Change the server's own settings.", Server, []),
    ];

    /// <summary>Whether a key is one of the product's own.</summary>
    /// <param name="key">A permission's key.</param>
    public static bool IsBuiltIn(string key) => All.Any(permission => permission.Key == key);
}
