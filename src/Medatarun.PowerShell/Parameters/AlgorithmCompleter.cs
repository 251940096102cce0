using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Medatarun.PowerShell.Parameters;

/// <summary>Completes algorithms of signatures. Which it takes, the server says.</summary>
public sealed class AlgorithmCompleter : IArgumentCompleter
{
    private static readonly string[] Algorithms = ["RS256", "PS256", "ES256", "ES384"];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completions.Of(Algorithms, wordToComplete);
}
