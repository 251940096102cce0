using System.Text;
using Medatarun.Contracts.Operations;
using Medatarun.Contracts.State;

namespace Medatarun.Host.CommandLine.State;

/// <summary>The help of the commands about state, which have options of their own.</summary>
internal static class StateHelp
{
    /// <summary>What there is to know about exit codes, which follows on those of all others.</summary>
    public const string ExitCodes =
        "Of the state commands it is 0 for done, 2 from 'state compare' when something differs, 1 for all that fails, wrong arguments too.";

    public static string Of(Operation operation)
    {
        var text = new StringBuilder($"medatarun {operation.Group} {operation.Name}\n{operation.Summary}\n");
        text.AppendLine($"Needs a token of somebody who holds the permission '{operation.Access.Permission}'.");
        foreach (var (option, description) in StateCommand.Options[operation.Name])
        {
            text.AppendLine($"\n  --{option}\n      {description}");
        }

        if (operation != StateOperations.Export)
        {
            text.AppendLine("\nPasswords of users that are made are referred to: \"password\": {\"env\": \"NAME\"} or {\"file\": \"path\"}, relative to the document.");
        }

        return text.Append('\n').AppendLine("The exit code is 0 for success, 1 when the server refuses or cannot be reached.").AppendLine(ExitCodes).ToString();
    }
}
