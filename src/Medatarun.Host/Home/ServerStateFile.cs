using System.Text.Json;
using Medatarun.Contracts.ServerProcess;

namespace Medatarun.Host.Home;

/// <summary>The file that tells others where the server is.</summary>
internal sealed class ServerStateFile(string path)
{
    /// <summary>Writes the state, so that a reader sees the old file or the new one and never a half.</summary>
    public void Write(ServerState state)
    {
        var temporary = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var stream = new FileStream(temporary, options))
        {
            JsonSerializer.Serialize(stream, state, ServerProcessJsonContext.Default.ServerState);
        }

        File.Move(temporary, path, overwrite: true);
    }

    public void Remove() => File.Delete(path);
}
