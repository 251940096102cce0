using System.Management.Automation;

namespace Medatarun.PowerShell.Parameters;

/// <summary>
/// Makes a switch of text. Without it, PowerShell leaves a switch unbound when a CSV row offers text, and says nothing: a user
/// that the file disables would be made enabled. Nothing and an empty text mean off.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SwitchTextAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        new SwitchParameter(BooleanText.Read(inputData) ?? false);
}
