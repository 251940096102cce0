using System.Management.Automation;

namespace Medatarun.PowerShell.Parameters;

/// <summary>
/// Makes a truth value of text. Without it, PowerShell leaves the parameter unbound when a CSV row offers text, and says nothing.
/// Nothing and an empty text mean that nothing was said.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TruthTextAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => BooleanText.Read(inputData);
}
