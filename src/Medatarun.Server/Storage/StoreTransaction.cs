using System.Data.Common;

namespace Medatarun.Server.Storage;

/// <summary>What a piece of work sees of the store: statements with named parameters, inside one transaction.</summary>
internal sealed class StoreTransaction(StoreConnection connection)
{
    /// <summary>Whose authority this transaction changes.</summary>
    public TouchedActors Touched { get; } = new();

    /// <summary>Says that the authority of an actor, or the life of their sessions, changes with this transaction.</summary>
    public void Touch(Guid actor) => Touched.Add(actor);

    /// <summary>Says that a role, a group or a permission changes, and with it the authority of whoever has it.</summary>
    public void TouchEveryone() => Touched.AddEveryone();

    /// <summary>Runs a statement and returns how many rows it changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Bind(sql, parameters).ExecuteNonQuery();

    /// <summary>Reads the first row, or null when there is none.</summary>
    public T? QueryFirst<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
        where T : class
    {
        using var reader = Bind(sql, parameters).ExecuteReader();
        return reader.Read() ? read(reader) : null;
    }

    /// <summary>Reads every row.</summary>
    public List<T> Query<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var reader = Bind(sql, parameters).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <summary>Reads one number.</summary>
    public long Number(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Convert.ToInt64(Bind(sql, parameters).ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Runs a statement of the schema.</summary>
    public void Run(string sql) => connection.Run(sql);

    private Microsoft.Data.Sqlite.SqliteCommand Bind(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = connection.Command(sql);
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value switch
            {
                null => DBNull.Value,
                Guid id => id.ToString(),
                DateTimeOffset time => time.ToUnixTimeMilliseconds(),
                _ => value,
            });
        }

        return command;
    }
}
