namespace Medatarun.Server.Access;

/// <summary>Permissions as one text, separated by spaces: as they are stored with an API token, and as OAuth calls a scope.</summary>
internal static class PermissionText
{
    public static string Of(IEnumerable<string> permissions) => string.Join(' ', permissions);

    public static string[] Parse(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
