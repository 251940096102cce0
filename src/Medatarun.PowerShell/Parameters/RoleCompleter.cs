using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Medatarun.Contracts.Operations;

namespace Medatarun.PowerShell.Parameters;

/// <summary>Completes role names: <c>admin</c> is the only one that servers of this version know.</summary>
public sealed class RoleCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completions.Of([PermissionKeys.Admin], wordToComplete);
}
