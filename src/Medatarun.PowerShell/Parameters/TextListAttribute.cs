using System.Collections;
using System.Management.Automation;

namespace Medatarun.PowerShell.Parameters;

/// <summary>
/// Makes a list of names of text. A CSV holds one text in a column: names separated by semicolons, or nothing for the empty list.
/// </summary>
/// <param name="properties">What names an object that is in the list, the most telling first. Default: its text.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TextListAttribute(params string[] properties) : ArgumentTransformationAttribute
{
    /// <summary>The properties that are looked at, the most telling first.</summary>
    public IReadOnlyList<string> Properties => properties;

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData) => PipelineValue.Unwrap(inputData) switch
    {
        string text => Split(text),
        IEnumerable list => list.Cast<object?>().SelectMany(Read).ToArray(),
        var other => Read(other),
    };

    private string[] Read(object? item) => PipelineValue.Unwrap(item) switch
    {
        null => [],
        string text => Split(text),
        var other => Split(PipelineValue.FirstText(other, properties) ?? other.ToString()),
    };

    private static string[] Split(string? text) =>
        text?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
