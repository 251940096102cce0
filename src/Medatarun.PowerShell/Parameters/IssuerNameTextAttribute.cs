using System.Management.Automation;

namespace Medatarun.PowerShell.Parameters;

/// <summary>Makes the name of a trusted issuer of text, or of an object that has one: an issuer, a rule, a CSV row.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class IssuerNameTextAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData) => PipelineValue.Unwrap(inputData) switch
    {
        string { Length: > 0 } text => text,
        null or string => throw new ArgumentTransformationMetadataException("The name of the trusted issuer is empty."),
        var other => PipelineValue.FirstText(other, "IssuerName", "Name")
            ?? throw new ArgumentTransformationMetadataException("The object names no trusted issuer: it has no IssuerName and no Name."),
    };
}
