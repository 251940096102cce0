using Medatarun.Contracts;

namespace Medatarun.PowerShell.ServerProcess;

/// <summary>How a server is to be started.</summary>
internal sealed record ServerLaunch
{
    /// <summary>The home.</summary>
    public required ServerHome Home { get; init; }

    /// <summary>The port; null for the configured one.</summary>
    public int? Port { get; init; }

    /// <summary>Whether the server deletes its home when it stops.</summary>
    public bool Ephemeral { get; init; }

    /// <summary>Whether the server outlives this process.</summary>
    public bool Detached { get; init; }

    /// <summary>The bootstrap secret of this start.</summary>
    public required Secret BootstrapSecret { get; init; }

    /// <summary>The state that a server begins with which has nobody yet; null for none.</summary>
    public string? StatePath { get; init; }

    /// <summary>How long the server may take until it answers.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>The arguments of the program. No secret is among them: every user of the machine can read them.</summary>
    public IEnumerable<string> Arguments()
    {
        yield return "serve";
        yield return "--managed";
        yield return "--home";
        yield return Home.Path;
        if (Port is { } port)
        {
            yield return "--port";
            yield return port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        if (StatePath is not null)
        {
            yield return "--state";
            yield return StatePath;
        }

        if (Ephemeral)
        {
            yield return "--ephemeral";
        }

        if (Detached)
        {
            yield return "--detached";
        }
    }
}
