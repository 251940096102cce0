namespace Medatarun.Host.Configuration;

/// <summary>One thing that can be configured.</summary>
/// <param name="Name">The key: <c>medatarun.server.port</c>.</param>
/// <param name="Description">One line for the help, with the default.</param>
/// <param name="Requirement">Completes "… must be": what a good value is.</param>
/// <param name="IsGood">Whether a value is good.</param>
internal sealed record ConfigurationKey(string Name, string Description, string Requirement, Func<string, bool> IsGood)
{
    /// <summary>The environment variable of the key: <c>MEDATARUN_SERVER_PORT</c>.</summary>
    public string EnvironmentName { get; } = Name.ToUpperInvariant().Replace('.', '_');

    /// <summary>Whether the value must not be shown. Default: false.</summary>
    public bool IsSecret { get; init; }
}
