using Medatarun.Contracts.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Access;

/// <summary>What actors, roles and groups may do, as the store has it.</summary>
internal static class AuthorityQueries
{
    /// <summary>Every role of an actor, also through groups, <c>admin</c> first.</summary>
    public static IReadOnlyList<string> Roles(StoreTransaction transaction, Guid actor) =>
        transaction.Query(
            """
            SELECT r.key FROM actor_effective_roles x JOIN roles r ON r.id = x.role_id
            WHERE x.actor_id = @actor
            ORDER BY r.key <> 'admin', r.key
            """,
            row => row.GetString(0),
            ("@actor", actor));

    public static IReadOnlyList<string> Groups(StoreTransaction transaction, Guid actor) =>
        transaction.Query(
            """
            SELECT g.key FROM group_members x JOIN user_groups g ON g.id = x.group_id
            WHERE x.actor_id = @actor
            ORDER BY g.key
            """,
            row => row.GetString(0),
            ("@actor", actor));

    /// <summary>Every permission of an actor, implied ones too.</summary>
    public static IReadOnlyList<string> Permissions(StoreTransaction transaction, Guid actor) =>
        PermissionGraph.Closure(transaction, transaction.Query(
            """
            SELECT DISTINCT p.permission_key FROM actor_effective_roles x JOIN role_permissions p ON p.role_id = x.role_id
            WHERE x.actor_id = @actor
            """,
            row => row.GetString(0),
            ("@actor", actor)));

    /// <summary>The permissions that were put into a role.</summary>
    public static List<string> PermissionsOfRole(StoreTransaction transaction, string roleId) =>
        transaction.Query(
            "SELECT permission_key FROM role_permissions WHERE role_id = @role ORDER BY permission_key",
            row => row.GetString(0),
            ("@role", roleId));

    /// <summary>The permissions that being in a group gives, implied ones not counted.</summary>
    public static List<string> PermissionsOfGroup(StoreTransaction transaction, string groupId) =>
        transaction.Query(
            """
            SELECT DISTINCT p.permission_key FROM group_roles g JOIN role_permissions p ON p.role_id = g.role_id
            WHERE g.group_id = @group
            """,
            row => row.GetString(0),
            ("@group", groupId));

    /// <summary>Whether anybody can still sign in and do everything.</summary>
    public static bool HasActiveAdmin(StoreTransaction transaction) =>
        transaction.Number(
            """
            SELECT EXISTS (
                SELECT 1 FROM users u
                JOIN actors a ON a.id = u.id
                JOIN actor_effective_roles x ON x.actor_id = a.id
                JOIN role_permissions p ON p.role_id = x.role_id
                WHERE a.disabled_at IS NULL AND u.password_hash IS NOT NULL AND p.permission_key = @admin)
            """,
            ("@admin", PermissionKeys.Admin)) != 0;
}
