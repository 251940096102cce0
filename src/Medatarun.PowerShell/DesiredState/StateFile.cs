using System.Text;
using Medatarun.Client;
using Medatarun.Client.State;
using Medatarun.Contracts.State;
using Medatarun.PowerShell.Exporting;

namespace Medatarun.PowerShell.DesiredState;

/// <summary>States and plans in files.</summary>
internal static class StateFile
{
    /// <summary>Reads a state: a PowerShell data file where the name ends in <c>.psd1</c>, else JSON.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="MedatarunException"><c>unreadable_state</c>.</exception>
    public static StateDocument Read(string path) =>
        IsData(path) ? StateObjectReader.Read(ReadData(path)) : StateJson.ReadDocument(Bytes(path));

    /// <summary>Reads a plan.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="MedatarunException"><c>unreadable_state</c>.</exception>
    public static StatePlan ReadPlan(string path) => StateJson.ReadPlan(Bytes(path));

    /// <summary>Writes a state, as <see cref="Read"/> reads it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="state">The state.</param>
    /// <exception cref="MedatarunException"><c>unwritable_file</c>.</exception>
    public static void Write(string path, StateDocument state)
    {
        var json = StateJson.Write(state);
        NewFile.Write(path, file => file.Write(IsData(path) ? Encoding.UTF8.GetBytes(DataFile.Write(json)) : json));
    }

    /// <summary>Writes a plan, with references to files that lead to the same files from there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="folder">The folder of the state that it was made of.</param>
    /// <exception cref="MedatarunException"><c>unwritable_file</c>.</exception>
    public static void WritePlan(string path, StatePlan plan, string folder)
    {
        var moved = plan with { Document = SecretReferences.Rebase(plan.Document, folder, FolderOf(path)) };
        NewFile.Write(path, file => file.Write(StateJson.Write(moved)));
    }

    /// <summary>The folder of a file, to which its references to files are relative.</summary>
    /// <param name="path">The file.</param>
    public static string FolderOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path)) ?? path;

    /// <summary>Whether a file is a PowerShell data file, by its name.</summary>
    /// <param name="path">The file.</param>
    public static bool IsData(string path) => Path.GetExtension(path).Equals(".psd1", StringComparison.OrdinalIgnoreCase);

    private static System.Collections.Hashtable ReadData(string path)
    {
        // The parser tells a file that is not there from an empty one by an exception of its own.
        _ = Bytes(path);
        return DataFile.Read(path);
    }

    private static byte[] Bytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MedatarunException(ClientProblems.UnreadableState, $"{path} cannot be read: {exception.Message}", exception);
        }
    }
}
