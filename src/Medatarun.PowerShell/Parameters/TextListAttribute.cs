using System.Collections;
using System.Management.Automation;

namespace Medatarun.PowerShell.Parameters;

/// <summary>
/// Makes a list of names of text. A CSV holds one text in a column: names separated by semicolons, or nothing for the empty list.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TextListAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData) => PipelineValue.Unwrap(inputData) switch
    {
        null => Array.Empty<string>(),
        string text => Split(text),
        IEnumerable list => list.Cast<object?>().SelectMany(item => Split(PipelineValue.Unwrap(item)?.ToString())).ToArray(),
        var other => Split(other.ToString()),
    };

    private static string[] Split(string? text) =>
        text?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
