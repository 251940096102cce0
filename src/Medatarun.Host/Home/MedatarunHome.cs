using Medatarun.Contracts.ServerProcess;
using Medatarun.Host.Configuration;

namespace Medatarun.Host.Home;

/// <summary>The folder under which a server keeps everything, for its owner's eyes alone.</summary>
internal sealed class MedatarunHome
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OthersWrite = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
    private const UnixFileMode Others = OthersWrite
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private readonly List<string> warnings = [];

    public MedatarunHome(string path) => Root = Path.GetFullPath(path);

    public string Root { get; }

    public string LogPath => Path.Combine(Root, "logs", "medatarun.log");

    public string LockPath => Path.Combine(Root, ServerState.LockFileName);

    public string StatePath => Path.Combine(Root, ServerState.FileName);

    /// <summary>What an administrator should know about file modes, each a sentence.</summary>
    public IReadOnlyList<string> Warnings => warnings;

    /// <summary>Finds the home: the argument, the environment, or the user's application data folder.</summary>
    /// <exception cref="StartFailureException">The user has no such folder.</exception>
    public static MedatarunHome Locate(string? argument, bool ephemeral)
    {
        if (argument is { Length: > 0 })
        {
            return new(argument);
        }

        if (ephemeral)
        {
            return new(Path.Combine(Path.GetTempPath(), $"medatarun-{Guid.NewGuid():N}"));
        }

        if (Environment.GetEnvironmentVariable(ConfigurationKeys.HomeVariable) is { Length: > 0 } configured)
        {
            return new(configured);
        }

        var data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return data.Length > 0
            ? new(Path.Combine(data, "medatarun"))
            : throw new StartFailureException(
                ServerExitCode.DataFolder, "This user has no application data folder; name a folder with --home or MEDATARUN_HOME.");
    }

    /// <summary>Makes what is not there yet, and refuses what others could change.</summary>
    /// <param name="ephemeral">Whether the home will be deleted at the end, so that it must be new or empty.</param>
    /// <exception cref="StartFailureException">The folder cannot be used.</exception>
    public void Prepare(bool ephemeral)
    {
        try
        {
            if (ephemeral && (File.Exists(Root) || (Directory.Exists(Root) && Directory.EnumerateFileSystemEntries(Root).Any())))
            {
                throw Unusable("it is not empty, and an ephemeral server deletes its home when it stops");
            }

            CreateFolder(Root);
            CreateFolder(Path.GetDirectoryName(LogPath)!);
            CheckMode(Root);
            CheckMode(ConfigurationReader.FilePath(Root));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unusable(exception.Message.TrimEnd('.'));
        }
    }

    /// <summary>Deletes the home of an ephemeral server.</summary>
    public void Delete()
    {
        try
        {
            Directory.Delete(Root, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is in the folder for temporary files; the system clears that, and nobody is left to tell.
            return;
        }
    }

    public StartFailureException Unusable(string reason) =>
        new(ServerExitCode.DataFolder, $"The data folder {Root} cannot be used: {reason}.");

    private static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            // The folder inherits the rights of the user's profile, which are the owner's alone.
            Directory.CreateDirectory(path);
        }
        else if (!Directory.Exists(path))
        {
            Directory.CreateDirectory(path, Owner);
        }
    }

    private void CheckMode(string path)
    {
        if (OperatingSystem.IsWindows() || !Path.Exists(path))
        {
            return;
        }

        var mode = File.GetUnixFileMode(path);
        if ((mode & OthersWrite) != 0)
        {
            throw Unusable($"other users can write to {path} (mode {Convert.ToString((int)mode, 8)}); take that away with: chmod go-rwx '{path}'");
        }

        if ((mode & Others) != 0)
        {
            warnings.Add($"Other users can read {path} (mode {Convert.ToString((int)mode, 8)}); take that away with: chmod go-rwx '{path}'");
        }
    }
}
