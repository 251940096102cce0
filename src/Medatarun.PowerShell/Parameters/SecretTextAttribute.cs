using System.Management.Automation;
using System.Security;

namespace Medatarun.PowerShell.Parameters;

/// <summary>
/// Makes a SecureString of text. Without it, PowerShell leaves an optional SecureString unbound when a CSV row offers text, and
/// says nothing: a user would be made without the password in the file.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretTextAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => PipelineValue.Unwrap(inputData) switch
    {
        null => null,
        SecureString secure => secure,
        string text => SecureText.Hide(text),
        // The value is not repeated: it was meant to be a secret.
        var other => throw new ArgumentTransformationMetadataException(
            $"A SecureString or text is needed, not a value of type {other.GetType().Name}."),
    };
}
