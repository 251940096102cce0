namespace Medatarun.PowerShell.Commands;

/// <summary>Says which operation of the catalogue a cmdlet is a face of, so that a test can find operations without one.</summary>
/// <param name="operation">Group and name: <c>auth/user_create</c>.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class MedatarunOperationAttribute(string operation) : Attribute
{
    /// <summary>Group and name: <c>auth/user_create</c>.</summary>
    public string Operation { get; } = operation;
}
