using Medatarun.Client;

namespace Medatarun.PowerShell.ServerProcess;

/// <summary>The program that is started.</summary>
/// <param name="FileName">The executable.</param>
/// <param name="Arguments">What goes before the arguments of the server.</param>
internal sealed record ServerProgram(string FileName, IReadOnlyList<string> Arguments)
{
    public const string Variable = "MEDATARUN_SERVER_PROGRAM";

    private const string Name = "medatarun";

    private static string ExecutableSuffix => OperatingSystem.IsWindows() ? ".exe" : "";

    /// <summary>Finds the program: the environment's, the module's own, or one on the PATH.</summary>
    /// <exception cref="MedatarunException"><c>server_start_failed</c> or <c>dot_net_runtime_missing</c>.</exception>
    public static ServerProgram Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } configured)
        {
            return File.Exists(configured)
                ? Of(configured)
                : throw new MedatarunException(
                    ServerProblems.ServerStartFailed, $"The server program {configured}, named by {Variable}, does not exist.");
        }

        var folder = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(ServerProgram).Assembly.Location)!, "..", "server"));
        return new[] { Path.Combine(folder, Name + ExecutableSuffix), Path.Combine(folder, Name + ".dll"), OnPath(Name) }
            .FirstOrDefault(File.Exists) is { } found
            ? Of(found)
            : throw new MedatarunException(
                ServerProblems.ServerStartFailed,
                $"The server program '{Name}' is neither in {folder} nor on the PATH, and {Variable} does not name it.");
    }

    private static ServerProgram Of(string path) => path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)
        ? new(DotNet(), [path])
        : new(path, []);

    private static string DotNet() =>
        new[] { Path.Combine(Environment.GetEnvironmentVariable("DOTNET_ROOT") ?? "", "dotnet" + ExecutableSuffix), OnPath("dotnet") }
            .FirstOrDefault(path => Path.IsPathRooted(path) && File.Exists(path))
        ?? throw new MedatarunException(ServerProblems.DotNetRuntimeMissing);

    private static string OnPath(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name + ExecutableSuffix))
            .FirstOrDefault(File.Exists) ?? "";
}
