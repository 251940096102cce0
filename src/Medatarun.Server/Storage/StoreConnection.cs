using Microsoft.Data.Sqlite;

namespace Medatarun.Server.Storage;

/// <summary>An open connection that keeps its prepared commands. Used by one thread at a time.</summary>
internal sealed class StoreConnection : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly Dictionary<string, SqliteCommand> commands = new(StringComparer.Ordinal);

    private StoreConnection(SqliteConnection connection) => this.connection = connection;

    public static StoreConnection Open(string file, bool readOnly)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = readOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWriteCreate,
            // Connections are kept by us, with their prepared commands.
            Pooling = false,
            ForeignKeys = true,
        }.ConnectionString);
        var opened = new StoreConnection(connection);
        try
        {
            connection.Open();
            if (!readOnly)
            {
                opened.Run("PRAGMA journal_mode = WAL");
            }

            opened.Run("PRAGMA synchronous = FULL");
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>The command for a statement, prepared once for this connection.</summary>
    public SqliteCommand Command(string sql)
    {
        if (!commands.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
#pragma warning disable CA2100 // Every statement is a constant of this assembly; values are parameters.
            command.CommandText = sql;
#pragma warning restore CA2100
            commands.Add(sql, command);
        }

        command.Parameters.Clear();
        return command;
    }

    public void Run(string sql) => Command(sql).ExecuteNonQuery();

    public void Dispose()
    {
        foreach (var command in commands.Values)
        {
            command.Dispose();
        }

        connection.Dispose();
    }
}
