using System.Text.Json;

namespace Medatarun.Server.External;

/// <summary>Text in JSON that <see cref="StrictJson"/> read.</summary>
internal static class JsonText
{
    /// <summary>The text of a value; null when it is none.</summary>
    public static string? Of(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>The text of a member; null when there is none that is a text.</summary>
    public static string? Of(JsonElement element, string member) => element.TryGetProperty(member, out var value) ? Of(value) : null;
}
