using Medatarun.Client;
using Medatarun.Client.State;
using Medatarun.Contracts.State;
using Medatarun.PowerShell.DesiredState;

namespace Medatarun.PowerShell.Commands;

/// <summary>What the cmdlets share that take a state: a file, or a hashtable.</summary>
public abstract class StateCmdlet : ConnectedCmdlet
{
    /// <summary>A state, and the folder to which its references to files are relative.</summary>
    private protected (StateDocument Document, string Folder) ReadState(string? path, object? state)
    {
        if (path is null)
        {
            return (StateObjectReader.Read(state!), SessionState.Path.CurrentFileSystemLocation.ProviderPath);
        }

        var full = FullPath(path);
        return (StateFile.Read(full), StateFile.FolderOf(full));
    }

    /// <summary>Where a file is.</summary>
    private protected string FullPath(string path) => SessionState.Path.GetUnresolvedProviderPathFromPSPath(path);

    /// <summary>Asks the server what differs.</summary>
    /// <exception cref="MedatarunException">It failed.</exception>
    private protected StatePlan Plan(StateDocument document, bool prune) =>
        Await((observe, stop) => Context.Client.PlanStateAsync(document, prune, observe, stop));
}
