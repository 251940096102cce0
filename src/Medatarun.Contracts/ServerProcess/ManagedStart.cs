namespace Medatarun.Contracts.ServerProcess;

/// <summary>The one line of JSON that a managed server reads from its standard input. Secrets travel here, and never as an argument.</summary>
public sealed record ManagedStart
{
    /// <summary>This start's bootstrap secret. Default: the configured one, or one that the server makes.</summary>
    public Secret? BootstrapSecret { get; init; }
}
