using System.Management.Automation;

namespace Medatarun.PowerShell.Parameters;

/// <summary>
/// Makes a truth value of text, for parameters that tell "no" from "not given". Without it, PowerShell leaves them unbound when a
/// CSV row offers text, and says nothing. Nothing and an empty text mean not given.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class BooleanTextAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => BooleanText.Read(inputData);
}
