using System.Collections;
using System.Management.Automation;
using System.Security;
using System.Text.Json;
using Medatarun.Client;
using Medatarun.Contracts;
using Medatarun.Contracts.Import;
using Medatarun.PowerShell.Errors;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Importing;

/// <summary>Makes what is sent of rows as they came.</summary>
/// <param name="members">What each member of a user is made of.</param>
/// <param name="made">
/// Of which name each username was made, and where: two people must not become one, and one may come twice. Null where usernames are taken as
/// they are, and not made to follow the rules.
/// </param>
internal sealed class RowMapper(
    IReadOnlyDictionary<UserMember, Func<SourceRow, object?>> members, Dictionary<string, (string Name, string Where)>? made)
{
    private const string AdminRole = "admin";

    /// <summary>Makes what is sent.</summary>
    /// <param name="row">The row.</param>
    /// <exception cref="MedatarunException"><c>malformed_row</c>, <c>username_clash</c>: about this row alone.</exception>
    public UserImportRow Map(SourceRow row)
    {
        if (row.Defect is { } defect)
        {
            throw Malformed(defect);
        }

        try
        {
            return new UserImportRow
            {
                Username = Username(row),
                Fullname = Text(row, UserMember.FullName),
                Email = Text(row, UserMember.Email),
                Password = Hidden(row, UserMember.Password),
                PasswordHash = Hidden(row, UserMember.PasswordHash),
                Role = Role(row),
                Groups = List(Value(row, UserMember.Groups)),
                Disabled = Truth(row, UserMember.Disabled),
            };
        }
        catch (Exception exception) when (exception is (RuntimeException and not PipelineStoppedException) or InvalidOperationException)
        {
            // A script block of the map failed, or a text of the file is none.
            throw new MedatarunException(ImportFileProblems.MalformedRow, exception.Message, exception);
        }
    }

    private string? Username(SourceRow row)
    {
        var name = Text(row, UserMember.UserName);
        if (name is null || made is null)
        {
            return name;
        }

        var username = UsernameRule.From(name) ?? throw Malformed($"No username can be made of '{name}'.");
        if (made.TryAdd(username, (name, $"{row}")) || made[username].Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        {
            return username;
        }

        var other = made[username];
        throw new MedatarunException(
            ImportFileProblems.UsernameClash, $"'{name}' becomes '{username}', as '{other.Name}' does already, in {other.Where.ToLowerInvariant()}.");
    }

    private string? Role(SourceRow row)
    {
        var role = Text(row, UserMember.Role);
        return Truth(row, UserMember.Admin) is not true ? role
            : role is null or AdminRole ? AdminRole
            : throw Malformed($"It says that the user is an administrator, and gives the role '{role}': a row has one role.");
    }

    private object? Value(SourceRow row, UserMember member) => members.TryGetValue(member, out var read) ? read(row) : null;

    private string? Text(SourceRow row, UserMember member) => Value(row, member) switch
    {
        null => null,
        string text => text,
        SecureString => throw Malformed($"{member} is hidden text."),
        JsonElement => throw Malformed($"{member} is no text."),
        var other => other.ToString(),
    };

    // A credential of Keycloak is an object, and goes as it is written.
    private Secret? Hidden(SourceRow row, UserMember member) => Value(row, member) switch
    {
        null => null,
        string text => new Secret(text),
        SecureString text => SecureText.Reveal(text),
        JsonElement element => new Secret(element.GetRawText()),
        // The value is not repeated: it was meant to be a secret.
        _ => throw Malformed($"{member} is neither text nor a SecureString."),
    };

    private bool? Truth(SourceRow row, UserMember member) =>
        BooleanText.TryRead(Value(row, member), out var truth)
            ? truth
            : throw Malformed($"{member} is neither true nor false. Use true, false, yes, no, 1, 0 or nothing.");

    private static string[]? List(object? value) => value switch
    {
        null => null,
        string text => text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        JsonElement { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select(item => item.ToString())],
        IEnumerable list => [.. list.Cast<object?>().Select(item => $"{item}").Where(item => item.Length > 0)],
        var other => [$"{other}"],
    };

    private static MedatarunException Malformed(string sentence) => new(ImportFileProblems.MalformedRow, sentence);
}
