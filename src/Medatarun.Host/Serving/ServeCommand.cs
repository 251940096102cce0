using System.Collections;
using System.Text;
using Medatarun.Contracts;
using Medatarun.Contracts.ServerProcess;
using Medatarun.Host.Configuration;
using Medatarun.Host.Home;

namespace Medatarun.Host.Serving;

/// <summary><c>medatarun serve</c>: everything before and after the server's own life.</summary>
internal static class ServeCommand
{
    // 077: what the server makes, its owner alone can read.
    private const uint OwnerOnly = 0b000_111_111;

    /// <summary>Serves until it is told to stop.</summary>
    /// <param name="arguments">The arguments after <c>serve</c>.</param>
    /// <returns>0, once it was told to stop.</returns>
    /// <exception cref="StartFailureException">The server cannot start.</exception>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var options = ServeArguments.Parse(arguments);
        if (!OperatingSystem.IsWindows())
        {
            _ = NativeMethods.SetFileModeMask(OwnerOnly);
            if (options.Managed)
            {
                _ = NativeMethods.LeaveTerminal();
            }
        }

        var input = options.Managed ? new ManagedInput(Console.OpenStandardInput()) : null;
        var start = input?.ReadStart();
        var home = MedatarunHome.Locate(options.Home, options.Ephemeral);
        var configuration = ServerConfiguration.From(ConfigurationReader.Read(home.Root, EnvironmentVariables(), options.Settings));
        if (start?.BootstrapSecret is { } secret)
        {
            configuration = configuration with { BootstrapSecret = Checked(secret) };
        }

        home.Prepare(options.Ephemeral);
        try
        {
            using var held = HomeLock.Take(home);
            await using var console = options.Managed ? TextWriter.Null : new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false)) { AutoFlush = true };
            await new ServerRun(options, configuration, home, input, console).RunAsync();
        }
        finally
        {
            if (options.Ephemeral)
            {
                home.Delete();
            }
        }

        return ServerExitCode.Success;
    }

    private static Secret Checked(Secret secret) => ConfigurationKeys.BootstrapSecret.IsGood(secret.Reveal())
        ? secret
        : throw new StartFailureException(
            ServerExitCode.Usage, $"The bootstrap secret must be {ConfigurationKeys.BootstrapSecret.Requirement}; the one from standard input is not.");

    private static IEnumerable<KeyValuePair<string, string>> EnvironmentVariables() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(entry => new KeyValuePair<string, string>((string)entry.Key, (string?)entry.Value ?? string.Empty));
}
