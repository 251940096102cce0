using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Medatarun.Client;
using Medatarun.PowerShell.Connection;

namespace Medatarun.PowerShell.Parameters;

/// <summary>Completes names that the server knows: cached, at most 250 ms, empty when there is no server, never an error.</summary>
public abstract class ServerNameCompleter : IArgumentCompleter
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        MedatarunContext? context;
        try
        {
            context = ConnectionStore.Resolve(fakeBoundParameters?["Connection"] as MedatarunContext);
        }
        catch (MedatarunException)
        {
            // The environment names no usable address; the command itself will say so.
            return [];
        }

        if (context is null)
        {
            return [];
        }

        // A list that comes too late for this key press is there for the next one.
        var names = Ask(context.Names, Completions.Word(wordToComplete));
        return names.Wait(Patience) ? Completions.Of(names.Result, wordToComplete) : [];
    }

    /// <summary>The names, those that begin with the word and perhaps others.</summary>
    /// <param name="names">Where they are asked for.</param>
    /// <param name="word">What was typed.</param>
    private protected abstract Task<IReadOnlyList<string>> Ask(NameCache names, string word);
}
