using System.Data.Common;
using Medatarun.Contracts;
using Medatarun.Contracts.Import;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Import;

/// <summary>The statements that show users as rows of an import: three for a page.</summary>
internal static class UserExportQueries
{
    private const string OnePage =
        "SELECT id FROM users WHERE username > @after ORDER BY username LIMIT @count";

    /// <summary>Users by name, with what an import takes back.</summary>
    /// <param name="transaction">The open transaction.</param>
    /// <param name="after">The name that the page before ended with; null for the first.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="withHashes">Whether their password hashes are shown.</param>
    public static UserExportPage Page(StoreTransaction transaction, string? after, int limit, bool withHashes)
    {
        (string, object?)[] page = [("@after", after ?? ""), ("@count", limit + 1)];
        var rows = transaction.Query(
            $"""
            SELECT u.id, u.username, a.fullname, a.email, a.disabled_at IS NOT NULL, {(withHashes ? "u.password_hash" : "NULL")}
            FROM users u JOIN actors a ON a.id = u.id
            WHERE u.username > @after
            ORDER BY u.username
            LIMIT @count
            """,
            Read,
            page);
        var roles = Keys(
            transaction,
            $"SELECT x.actor_id, r.key FROM actor_roles x JOIN roles r ON r.id = x.role_id WHERE x.actor_id IN ({OnePage}) ORDER BY r.key",
            page);
        var groups = Keys(
            transaction,
            $"SELECT x.actor_id, g.key FROM group_members x JOIN user_groups g ON g.id = x.group_id WHERE x.actor_id IN ({OnePage}) ORDER BY g.key",
            page);
        var items = rows.Take(limit).Select(row => row.User with { Role = Role([.. roles[row.Id]]), Groups = [.. groups[row.Id]] }).ToArray();
        return new UserExportPage(items, rows.Count > limit ? items[^1].Username : null);
    }

    // A row has one role, and an import makes it the only one. Of somebody with several nothing is said, so that nothing is taken.
    private static string? Role(string[] own) => own.Length switch
    {
        0 => "",
        1 => own[0],
        _ => null,
    };

    private static ILookup<string, string> Keys(StoreTransaction transaction, string sql, (string, object?)[] page) =>
        transaction.Query(sql, row => (Id: row.GetString(0), Key: row.GetString(1)), page).ToLookup(row => row.Id, row => row.Key);

    private static (string Id, UserImportRow User) Read(DbDataReader row) => (row.GetString(0), new UserImportRow
    {
        Username = row.GetString(1),
        Fullname = row.GetString(2),
        Email = row.Text(3),
        Disabled = row.GetBoolean(4),
        PasswordHash = Secret.From(row.Text(5)),
    });
}
