using System.Data.Common;
using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Access;

/// <summary>The statements about roles.</summary>
internal static class RoleQueries
{
    private const string Select = "SELECT id, key, name, description, managed, auto_assign, created_at FROM roles";

    public static List<RoleRow> List(StoreTransaction transaction) => transaction.Query($"{Select} ORDER BY key", Read);

    /// <summary>The role that a request names; null when there is none.</summary>
    public static RoleRow? Find(StoreTransaction transaction, string reference)
    {
        var (column, value) = ObjectReference.Parse(reference);
        return transaction.QueryFirst(column == "id" ? $"{Select} WHERE id = @value" : $"{Select} WHERE key = @value", Read, ("@value", value));
    }

    /// <summary>The role that a request names, or the refusal that says there is none.</summary>
    public static Outcome<RoleRow> Require(StoreTransaction transaction, string reference, string member = "roleRef") =>
        Find(transaction, reference) is { } role
            ? role
            : Problem.OfMember(ProblemCatalogue.RoleNotFound, member, $"There is no role '{reference}'.");

    /// <summary>The role that new actors get by themselves; null when there is none.</summary>
    public static RoleRow? AutoAssigned(StoreTransaction transaction) => transaction.QueryFirst($"{Select} WHERE auto_assign = 1", Read);

    public static void Insert(StoreTransaction transaction, RoleRow role) =>
        transaction.Execute(
            """
            INSERT INTO roles (id, key, name, description, managed, auto_assign, created_at)
            VALUES (@id, @key, @name, @description, 0, 0, @now)
            """,
            ("@id", role.Id), ("@key", role.Key), ("@name", role.Name), ("@description", role.Description), ("@now", role.CreatedAt));

    /// <summary>Stores key, name, description and automatic assignment of a role. Everybody may hold it.</summary>
    public static void Update(StoreTransaction transaction, RoleRow role)
    {
        transaction.Execute(
            "UPDATE roles SET key = @key, name = @name, description = @description, auto_assign = @auto WHERE id = @id",
            ("@key", role.Key), ("@name", role.Name), ("@description", role.Description), ("@auto", role.AutoAssign), ("@id", role.Id));
        transaction.TouchEveryone();
    }

    public static void ClearAutoAssign(StoreTransaction transaction) => transaction.Execute("UPDATE roles SET auto_assign = 0");

    public static void Delete(StoreTransaction transaction, RoleRow role)
    {
        transaction.Execute("DELETE FROM actor_roles WHERE role_id = @id", ("@id", role.Id));
        transaction.Execute("DELETE FROM group_roles WHERE role_id = @id", ("@id", role.Id));
        transaction.Execute("DELETE FROM role_permissions WHERE role_id = @id", ("@id", role.Id));
        transaction.Execute("DELETE FROM roles WHERE id = @id", ("@id", role.Id));
        transaction.TouchEveryone();
    }

    public static void AddPermission(StoreTransaction transaction, RoleRow role, string permission)
    {
        transaction.Execute(
            """
            INSERT INTO role_permissions (role_id, permission_key) VALUES (@role, @permission)
            ON CONFLICT (role_id, permission_key) DO NOTHING
            """,
            ("@role", role.Id), ("@permission", permission));
        transaction.TouchEveryone();
    }

    /// <summary>Takes a permission out of a role; false when it was not in it.</summary>
    public static bool DeletePermission(StoreTransaction transaction, RoleRow role, string permission)
    {
        transaction.TouchEveryone();
        return transaction.Execute(
            "DELETE FROM role_permissions WHERE role_id = @role AND permission_key = @permission",
            ("@role", role.Id), ("@permission", permission)) > 0;
    }

    /// <summary>A role as the outside sees it.</summary>
    public static RoleInfo Info(StoreTransaction transaction, RoleRow role)
    {
        var permissions = AuthorityQueries.PermissionsOfRole(transaction, role.Id);
        return new RoleInfo
        {
            Id = role.Id,
            Key = role.Key,
            Name = role.Name,
            Description = role.Description,
            Managed = role.Managed,
            AutoAssign = role.AutoAssign,
            Permissions = permissions,
            ImpliedPermissions = [.. PermissionGraph.Closure(transaction, permissions).Except(permissions)],
            CreatedAt = role.CreatedAt,
        };
    }

    private static RoleRow Read(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt64(4) != 0, row.GetInt64(5) != 0, row.Time(6));
}
