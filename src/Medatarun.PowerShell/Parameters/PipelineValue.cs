using System.Management.Automation;

namespace Medatarun.PowerShell.Parameters;

/// <summary>Reads what the pipeline hands over.</summary>
internal static class PipelineValue
{
    /// <summary>The .NET value under PowerShell's wrapping; an object that is nothing but properties stays one.</summary>
    public static object? Unwrap(object? value) =>
        value is PSObject wrapped && wrapped.BaseObject is not PSCustomObject ? wrapped.BaseObject : value;

    /// <summary>The first of some properties that an object has, as it is written there.</summary>
    /// <param name="value">Any object, also a deserialized one.</param>
    /// <param name="names">The properties, the most telling first.</param>
    /// <returns>Null when it has none of them.</returns>
    public static string? FirstText(object value, params ReadOnlySpan<string> names)
    {
        var properties = PSObject.AsPSObject(value).Properties;
        foreach (var name in names)
        {
            if (properties[name]?.Value is { } found && found.ToString() is { Length: > 0 } text)
            {
                return text;
            }
        }

        return null;
    }
}
