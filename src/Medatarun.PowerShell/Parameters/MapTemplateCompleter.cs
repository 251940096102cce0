using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Medatarun.PowerShell.Importing;

namespace Medatarun.PowerShell.Parameters;

/// <summary>Completes names of the templates that files of other systems are read with.</summary>
public sealed class MapTemplateCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completions.Of(MapTemplates.All.Select(template => template.Name).Distinct().Order(), wordToComplete);
}
