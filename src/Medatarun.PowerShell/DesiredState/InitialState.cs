using Medatarun.Client;
using Medatarun.Client.State;
using Medatarun.PowerShell.Exporting;

namespace Medatarun.PowerShell.DesiredState;

/// <summary>The state that a server begins with, as the program reads it: JSON. Of a PowerShell data file it is a copy for the time of the start.</summary>
internal sealed class InitialState : IDisposable
{
    private readonly bool isCopy;

    private InitialState(string path, bool isCopy)
    {
        Path = path;
        this.isCopy = isCopy;
    }

    /// <summary>Where the program finds it.</summary>
    public string Path { get; }

    /// <summary>Reads the state, so that what is wrong with it is said before anything is started.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="MedatarunException"><c>unreadable_state</c>.</exception>
    public static InitialState Open(string path)
    {
        var document = StateFile.Read(path);
        if (!StateFile.IsData(path))
        {
            return new InitialState(path, isCopy: false);
        }

        var copy = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"medatarun-{Guid.NewGuid():N}.json");
        var moved = SecretReferences.Rebase(document, StateFile.FolderOf(path), StateFile.FolderOf(copy));
        NewFile.Write(copy, file => file.Write(StateJson.Write(moved)));
        return new InitialState(copy, isCopy: true);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (isCopy)
        {
            File.Delete(Path);
        }
    }
}
