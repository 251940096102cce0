using System.Collections;
using System.Management.Automation;

namespace Medatarun.PowerShell.Parameters;

/// <summary>
/// Makes names or ids of what names something: text, an id, or an object that has one of some properties (also a deserialized
/// one, or a CSV row), alone or in an array.
/// </summary>
/// <param name="properties">The properties to look at, the most telling first.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class IdentityTextAttribute(params string[] properties) : ArgumentTransformationAttribute
{
    /// <summary>The properties that are looked at, the most telling first.</summary>
    public IReadOnlyList<string> Properties => properties;

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        PipelineValue.Unwrap(inputData) is IList list
            ? list.Cast<object?>().Select(Read).ToArray()
            : new[] { Read(inputData) };

    private string Read(object? item) => PipelineValue.Unwrap(item) switch
    {
        string { Length: > 0 } text => text,
        Guid id => id.ToString("D"),
        null or string => throw new ArgumentTransformationMetadataException("The name or id is empty."),
        var other => PipelineValue.FirstText(other, properties)
            ?? throw new ArgumentTransformationMetadataException(
                $"The object names nothing: it has none of the properties {string.Join(", ", properties)}."),
    };
}
