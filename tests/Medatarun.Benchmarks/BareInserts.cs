using Medatarun.Contracts.Import;
using Microsoft.Data.Sqlite;

namespace Medatarun.Benchmarks;

/// <summary>What an import writes for a new user, and nothing else: no check, no question, no undo.</summary>
internal sealed class BareInserts : IDisposable
{
    private readonly SqliteCommand actor;
    private readonly SqliteCommand user;
    private readonly SqliteCommand audit;
    private long sequence;

    public BareInserts(SqliteConnection connection)
    {
        actor = connection.CreateCommand();
        actor.CommandText =
            """
            INSERT INTO actors (id, kind, issuer, subject, fullname, email, created_at)
            VALUES (@id, 'user', 'urn:medatarun:internal', @name, @fullname, @email, 0)
            """;
        user = connection.CreateCommand();
        user.CommandText = "INSERT INTO users (id, username, email_key, search_key, password_hash) VALUES (@id, @name, @email, @search, @hash)";
        audit = connection.CreateCommand();
        audit.CommandText =
            """
            INSERT INTO audit_events (sequence, at, request_id, actor_id, actor_name, operation, target, outcome)
            VALUES (@sequence, 0, '0HNI000000000:00000001', @id, 'admin', 'auth/user_import', @name, 'ok')
            """;
        using var last = connection.CreateCommand();
        last.CommandText = "SELECT COALESCE(MAX(sequence), 0) FROM audit_events";
        sequence = (long)last.ExecuteScalar()!;
    }

    public void Add(UserImportRow row)
    {
        var id = Guid.CreateVersion7().ToString();
        Run(actor, ("@id", id), ("@name", row.Username!), ("@fullname", row.Fullname!), ("@email", row.Email!));
        Run(
            user, ("@id", id), ("@name", row.Username!), ("@email", row.Email!), ("@search", $"{row.Username}\n{row.Fullname}\n{row.Email}"),
            ("@hash", row.PasswordHash!.Reveal()));
        Run(audit, ("@sequence", ++sequence), ("@id", id), ("@name", row.Username!));
    }

    public void Dispose()
    {
        actor.Dispose();
        user.Dispose();
        audit.Dispose();
    }

    private static void Run(SqliteCommand command, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        foreach (var (name, value) in parameters)
        {
            if (command.Parameters.Contains(name))
            {
                command.Parameters[name].Value = value;
            }
            else
            {
                command.Parameters.AddWithValue(name, value);
            }
        }

        command.ExecuteNonQuery();
    }
}
