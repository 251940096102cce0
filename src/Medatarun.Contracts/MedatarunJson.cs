using System.Text.Encodings.Web;
using System.Text.Json;

namespace Medatarun.Contracts;

/// <summary>How everything that crosses the wire is read and written.</summary>
public static class MedatarunJson
{
    /// <summary>Deepest nesting that is read.</summary>
    public const int MaxDepth = 32;

    /// <summary>The source-generated metadata of every request, answer and problem.</summary>
    public static MedatarunJsonContext Context { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        MaxDepth = MaxDepth,
        // Two values for one member is how requests are smuggled past a check; nobody sends it by accident.
        AllowDuplicateProperties = false,
        // Names of any script stay readable. The output is never embedded in HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
