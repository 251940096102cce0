using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Medatarun.Contracts.Operations;

namespace Medatarun.PowerShell.Parameters;

/// <summary>Completes groups and operations of the catalogue, with the sentence that says what each does.</summary>
public sealed class ApiNameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        if (parameterName == "Group")
        {
            return Completions.Of(OperationCatalogue.Groups, wordToComplete);
        }

        var group = fakeBoundParameters?["Group"]?.ToString();
        return OperationCatalogue.All
            .Where(operation => group is null || operation.Group == group)
            .Where(operation => operation.Name.StartsWith(Completions.Word(wordToComplete), StringComparison.OrdinalIgnoreCase))
            .Select(operation => new CompletionResult(
                operation.Name, operation.Name, CompletionResultType.ParameterValue, operation.Summary));
    }
}
