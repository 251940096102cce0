using System.Text.Encodings.Web;
using System.Text.Json;
using Medatarun.Contracts.Import;

namespace Medatarun.PowerShell.Exporting;

/// <summary>Writes users as JSON: the rows of user_import, in an array or one a line.</summary>
internal sealed class JsonUserWriter : IUserWriter
{
    private readonly Stream file;
    private readonly bool lines;
    private readonly Utf8JsonWriter writer;
    private bool any;

    /// <summary>Begins a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="lines">Whether each user has a line, and there is no array.</param>
    public JsonUserWriter(Stream file, bool lines)
    {
        this.file = file;
        this.lines = lines;
        // Names stay as people write them; nobody puts this file into a page as it is.
        writer = new Utf8JsonWriter(file, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        if (!lines)
        {
            file.WriteByte((byte)'[');
        }
    }

    /// <inheritdoc/>
    public void Write(UserImportRow user)
    {
        if (!lines)
        {
            file.Write(any ? ",\n"u8 : "\n"u8);
        }

        any = true;
        writer.Reset();
        WriteMembers(user);
        writer.Flush();
        if (lines)
        {
            file.WriteByte((byte)'\n');
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!lines)
        {
            file.Write("\n]\n"u8);
        }

        writer.Dispose();
        file.Dispose();
    }

    // Without what is not there: a password is never exported, and a hash only when it was asked for.
    private void WriteMembers(UserImportRow user)
    {
        writer.WriteStartObject();
        writer.WriteString("username", user.Username);
        writer.WriteString("fullname", user.Fullname);
        writer.WriteString("email", user.Email ?? string.Empty);
        if (user.Role is { } role)
        {
            writer.WriteString("role", role);
        }

        writer.WriteStartArray("groups");
        foreach (var group in user.Groups ?? [])
        {
            writer.WriteStringValue(group);
        }

        writer.WriteEndArray();
        writer.WriteBoolean("disabled", user.Disabled ?? false);
        if (user.PasswordHash is { } hash)
        {
            writer.WriteString("password_hash", hash.Reveal());
        }

        writer.WriteEndObject();
    }
}
