namespace Medatarun.Host.Configuration;

/// <summary>One thing that can be configured.</summary>
/// <param name="Name">The key: <c>medatarun.server.port</c>.</param>
/// <param name="Description">One line for the help, with the default.</param>
/// <param name="Requirement">Completes "… must be": what a good value is.</param>
/// <param name="IsGood">Whether a value is good.</param>
internal sealed record ConfigurationKey(string Name, string Description, string Requirement, Func<string, bool> IsGood)
{
    /// <summary>The environment variable of the key: <c>MEDATARUN_SERVER_PORT</c>.</summary>
    public string EnvironmentName { get; } = EnvironmentNameOf(Name);

    /// <summary>Whether the value must not be shown. Default: false.</summary>
    public bool IsSecret { get; init; }

    /// <summary>What stands for a name in the environment: in upper case, with <c>_</c> for each <c>.</c> and <c>-</c>.</summary>
    public static string EnvironmentNameOf(string name) => name.ToUpperInvariant().Replace('.', '_').Replace('-', '_');
}
