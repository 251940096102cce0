using Microsoft.Data.Sqlite;

namespace Medatarun.Server.Tests.Support;

/// <summary>Looks into a server's file from outside.</summary>
internal static class Database
{
    public static string Text(TestServer server, string sql) => Rows(server, sql).Single();

    /// <summary>The first column of every row.</summary>
    public static IReadOnlyList<string> Rows(TestServer server, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={server.DatabaseFile};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(reader.IsDBNull(0) ? "" : reader.GetValue(0).ToString()!);
        }

        return rows;
    }

    public static void Change(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
