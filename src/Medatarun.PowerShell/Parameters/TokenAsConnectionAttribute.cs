using System.Management.Automation;
using Medatarun.PowerShell.Connection;
using Medatarun.PowerShell.Objects;

namespace Medatarun.PowerShell.Parameters;

/// <summary>
/// Takes the token of New-MedatarunToken for a connection. By property name it would not do: PowerShell binds the address first,
/// and with it the default parameter set, which then misses a credential.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TokenAsConnectionAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        PipelineValue.Unwrap(inputData) is MedatarunToken token
            ? new MedatarunContext(token.Client, ConnectionSource.AccessToken, who: null)
            : inputData;
}
