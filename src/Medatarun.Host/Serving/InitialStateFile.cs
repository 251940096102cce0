using Medatarun.Client;
using Medatarun.Client.State;
using Medatarun.Contracts.ServerProcess;
using Medatarun.Contracts.State;
using Medatarun.Host.CommandLine;
using Medatarun.Host.CommandLine.State;

namespace Medatarun.Host.Serving;

/// <summary>The document that a server that has nobody yet starts with, with the secrets that it refers to.</summary>
internal static class InitialStateFile
{
    /// <exception cref="StartFailureException">The file or a secret cannot be read; the message names which.</exception>
    public static StateApplyRequest Load(string path)
    {
        try
        {
            var document = StateFiles.ReadDocument(path);
            return new StateApplyRequest { Document = document, Passwords = SecretReferences.Resolve(document, StateFiles.FolderOf(path)) };
        }
        catch (MedatarunException refusal)
        {
            throw new StartFailureException(ServerExitCode.Usage, $"The initial state of {path} cannot be used. {RefusalText.Of(refusal)}");
        }
        catch (StartFailureException failure)
        {
            throw new StartFailureException(ServerExitCode.Usage, $"The initial state cannot be used. {failure.Message}");
        }
    }
}
