using System.Data.Common;
using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Groups;

/// <summary>The statements about groups.</summary>
internal static class GroupQueries
{
    private const string Select = "SELECT id, key, description, created_at FROM user_groups";

    public static List<GroupRow> List(StoreTransaction transaction) => transaction.Query($"{Select} ORDER BY key", Read);

    /// <summary>The group that a request names; null when there is none.</summary>
    public static GroupRow? Find(StoreTransaction transaction, string reference)
    {
        var (column, value) = ObjectReference.Parse(reference);
        return transaction.QueryFirst(column == "id" ? $"{Select} WHERE id = @value" : $"{Select} WHERE key = @value", Read, ("@value", value));
    }

    /// <summary>The group that a request names, or the refusal that says there is none.</summary>
    public static Outcome<GroupRow> Require(StoreTransaction transaction, string reference, string member = "groupRef") =>
        Find(transaction, reference) is { } group
            ? group
            : Problem.OfMember(ProblemCatalogue.GroupNotFound, member, $"There is no group '{reference}'.");

    public static void Insert(StoreTransaction transaction, GroupRow group) =>
        transaction.Execute(
            "INSERT INTO user_groups (id, key, description, created_at) VALUES (@id, @key, @description, @now)",
            ("@id", group.Id), ("@key", group.Key), ("@description", group.Description), ("@now", group.CreatedAt));

    public static void Update(StoreTransaction transaction, GroupRow group)
    {
        transaction.Execute(
            "UPDATE user_groups SET key = @key, description = @description WHERE id = @id",
            ("@key", group.Key), ("@description", group.Description), ("@id", group.Id));
        transaction.TouchEveryone();
    }

    public static void Delete(StoreTransaction transaction, GroupRow group)
    {
        transaction.Execute("DELETE FROM group_members WHERE group_id = @id", ("@id", group.Id));
        transaction.Execute("DELETE FROM group_roles WHERE group_id = @id", ("@id", group.Id));
        transaction.Execute("DELETE FROM user_groups WHERE id = @id", ("@id", group.Id));
        transaction.TouchEveryone();
    }

    public static void AddMember(StoreTransaction transaction, GroupRow group, Guid actor)
    {
        transaction.Execute(
            "INSERT INTO group_members (group_id, actor_id) VALUES (@group, @actor) ON CONFLICT (group_id, actor_id) DO NOTHING",
            ("@group", group.Id), ("@actor", actor));
        transaction.Touch(actor);
    }

    /// <summary>Takes an actor out of a group; false when they were not in it.</summary>
    public static bool DeleteMember(StoreTransaction transaction, GroupRow group, Guid actor)
    {
        transaction.Touch(actor);
        return transaction.Execute(
            "DELETE FROM group_members WHERE group_id = @group AND actor_id = @actor", ("@group", group.Id), ("@actor", actor)) > 0;
    }

    /// <summary>Takes an actor out of every group.</summary>
    public static void DeleteMemberships(StoreTransaction transaction, Guid actor)
    {
        transaction.Execute("DELETE FROM group_members WHERE actor_id = @actor", ("@actor", actor));
        transaction.Touch(actor);
    }

    public static void AddRole(StoreTransaction transaction, GroupRow group, RoleRow role)
    {
        transaction.Execute(
            "INSERT INTO group_roles (group_id, role_id) VALUES (@group, @role) ON CONFLICT (group_id, role_id) DO NOTHING",
            ("@group", group.Id), ("@role", role.Id));
        transaction.TouchEveryone();
    }

    /// <summary>Takes a role from a group; false when it had none.</summary>
    public static bool DeleteRole(StoreTransaction transaction, GroupRow group, RoleRow role)
    {
        transaction.TouchEveryone();
        return transaction.Execute(
            "DELETE FROM group_roles WHERE group_id = @group AND role_id = @role", ("@group", group.Id), ("@role", role.Id)) > 0;
    }

    /// <summary>A group as the outside sees it.</summary>
    public static GroupInfo Info(StoreTransaction transaction, GroupRow group) => new()
    {
        Id = group.Id,
        Key = group.Key,
        Description = group.Description,
        Roles = transaction.Query(
            "SELECT r.key FROM group_roles x JOIN roles r ON r.id = x.role_id WHERE x.group_id = @group ORDER BY r.key",
            row => row.GetString(0),
            ("@group", group.Id)),
        MemberCount = (int)transaction.Number("SELECT COUNT(*) FROM group_members WHERE group_id = @group", ("@group", group.Id)),
        CreatedAt = group.CreatedAt,
    };

    private static GroupRow Read(DbDataReader row) => new(row.GetString(0), row.GetString(1), row.GetString(2), row.Time(3));
}
