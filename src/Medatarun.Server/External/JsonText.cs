using System.Text.Json;

namespace Medatarun.Server.External;

/// <summary>Text in JSON that others wrote.</summary>
internal static class JsonText
{
    /// <summary>The text of a value; null when it is none, or has half of a surrogate pair.</summary>
    public static string? Of(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // What the parser lets through and no text can hold: "\ud800" alone.
            return null;
        }
    }
}
