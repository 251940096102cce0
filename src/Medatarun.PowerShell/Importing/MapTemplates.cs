using System.Text.Json;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Importing;

/// <summary>The systems whose files are read as they are.</summary>
internal static class MapTemplates
{
    // What Google's console takes for "leave the password as it is".
    private const string GoogleKeepsPassword = "****";

    /// <summary>Files with the columns of New-MedatarunUser, and JSON as Export-MedatarunUser writes it.</summary>
    public static MapTemplate Medatarun { get; } = new(
        "Medatarun",
        row => (row.Has("username") || row.Has("name")) && row.Has("fullname"),
        new Dictionary<UserMember, Func<SourceRow, object?>>
        {
            [UserMember.UserName] = FirstOf("username", "name"),
            [UserMember.FullName] = row => CellGuard.Remove(row.Get("fullname")),
            [UserMember.Email] = row => CellGuard.Remove(row.Get("email")),
            [UserMember.Password] = FirstOf("password"),
            [UserMember.PasswordHash] = FirstOf("passwordhash"),
            [UserMember.Role] = FirstOf("role"),
            [UserMember.Groups] = FirstOf("groups", "group"),
            [UserMember.Admin] = FirstOf("admin"),
            [UserMember.Disabled] = FirstOf("disabled"),
        })
    {
        ForeignNames = false,
    };

    /// <summary>Every template, in the order in which they are looked at where none is named.</summary>
    public static IReadOnlyList<MapTemplate> All { get; } =
        [Medatarun, ActiveDirectory(), EntraBulkCreate(), EntraDownload(), Google(), Keycloak()];

    // Get-ADUser, as it is or through Export-Csv.
    private static MapTemplate ActiveDirectory() => new(
        "ActiveDirectory",
        row => row.Has("samaccountname"),
        new Dictionary<UserMember, Func<SourceRow, object?>>
        {
            [UserMember.UserName] = FirstOf("samaccountname"),
            [UserMember.FullName] = row => row.Get("displayname") ?? Joined(row, "givenname", "surname") ?? row.Get("name"),
            [UserMember.Email] = FirstOf("emailaddress", "mail"),
            [UserMember.Disabled] = row => Not(row.Get("enabled")),
        });

    // The column [accountEnabled] of this template asks "Block sign in (Yes/No)": yes is disabled.
    private static MapTemplate EntraBulkCreate() => new(
        "Entra",
        row => row.Has("userprincipalname") && row.Has("passwordprofile"),
        new Dictionary<UserMember, Func<SourceRow, object?>>
        {
            [UserMember.UserName] = FirstOf("userprincipalname"),
            [UserMember.FullName] = FirstOf("displayname"),
            [UserMember.Email] = FirstOf("userprincipalname"),
            [UserMember.Password] = FirstOf("passwordprofile"),
            [UserMember.Disabled] = FirstOf("accountenabled"),
        });

    // "Download users": here the same column says what its name says.
    private static MapTemplate EntraDownload() => new(
        "Entra",
        row => row.Has("userprincipalname") && row.Has("displayname"),
        new Dictionary<UserMember, Func<SourceRow, object?>>
        {
            [UserMember.UserName] = FirstOf("userprincipalname"),
            [UserMember.FullName] = FirstOf("displayname"),
            [UserMember.Email] = FirstOf("mail", "userprincipalname"),
            [UserMember.Disabled] = row => Not(row.Get("accountenabled")),
        });

    // Where a hash function is named, the column of the password holds a hash, which must not become the password.
    private static MapTemplate Google() => new(
        "Google",
        row => row.Has("firstname") && row.Has("lastname") && row.Has("emailaddress"),
        new Dictionary<UserMember, Func<SourceRow, object?>>
        {
            [UserMember.UserName] = FirstOf("emailaddress"),
            [UserMember.FullName] = row => Joined(row, "firstname", "lastname"),
            [UserMember.Email] = FirstOf("emailaddress"),
            [UserMember.Password] = row =>
                row.Get("passwordhashfunction") is null && row.Get("password") is string password && password != GoogleKeepsPassword
                    ? password
                    : null,
            [UserMember.PasswordHash] = row => row.Get("passwordhashfunction") is null ? null : row.Get("password"),
            [UserMember.Disabled] = row => (row.Get("newstatus") ?? row.Get("status")) is string status
                ? !status.Equals("Active", StringComparison.OrdinalIgnoreCase)
                : null,
        });

    // The users of a realm's export, or of its admin API.
    private static MapTemplate Keycloak() => new(
        "Keycloak",
        row => row.Has("username") && (row.Has("credentials") || row.Has("enabled") || row.Has("firstname")),
        new Dictionary<UserMember, Func<SourceRow, object?>>
        {
            [UserMember.UserName] = FirstOf("username"),
            [UserMember.FullName] = row => Joined(row, "firstname", "lastname") ?? row.Get("username"),
            [UserMember.Email] = FirstOf("email"),
            [UserMember.PasswordHash] = row => PasswordOf(row.Get("credentials")),
            [UserMember.Disabled] = row => Not(row.Get("enabled")),
        });

    private static Func<SourceRow, object?> FirstOf(string column, string? other = null) =>
        row => row.Get(column) ?? (other is null ? null : row.Get(other));

    private static string? Joined(SourceRow row, string first, string last) =>
        $"{row.Get(first)} {row.Get(last)}".Trim() is { Length: > 0 } name ? name : null;

    // What is no truth value is left to be refused.
    private static object? Not(object? value) => BooleanText.TryRead(value, out var truth) ? !truth : value;

    private static string? PasswordOf(object? credentials) => credentials is JsonElement { ValueKind: JsonValueKind.Array } list
        ? list.EnumerateArray().FirstOrDefault(IsPassword) is { ValueKind: JsonValueKind.Object } password ? password.GetRawText() : null
        : null;

    private static bool IsPassword(JsonElement credential) =>
        credential.ValueKind == JsonValueKind.Object
        && credential.TryGetProperty("type", out var type)
        && type.ValueKind == JsonValueKind.String
        && type.ValueEquals("password");
}
