using System.Text;
using Medatarun.Contracts.Operations;
using Medatarun.Contracts.ServerProcess;
using Medatarun.Contracts.State;
using Medatarun.Host.CommandLine.State;
using Medatarun.Host.Configuration;

namespace Medatarun.Host.CommandLine;

/// <summary>The help, made from the catalogue and the configuration keys.</summary>
internal static class HelpCommand
{
    private const string Serve = "serve";

    public static bool IsHelpOption(string argument) => argument is "--help" or "-h" or "-?";

    /// <summary>The help of a topic: nothing, <c>serve</c>, a group, or a group and an operation.</summary>
    /// <exception cref="StartFailureException">There is no such topic.</exception>
    public static string Text(IReadOnlyList<string> topic) => topic switch
    {
        [] => Overview(),
        [Serve] => ServeHelp(),
        [var group] => GroupHelp(CheckGroup(group)),
        [var group, var operation] => OperationHelp(CheckOperation(CheckGroup(group), operation)),
        _ => throw new StartFailureException(ServerExitCode.Usage, "Help is about a group, or a group and an operation: medatarun help auth login."),
    };

    /// <summary>The group, if there is one of that name.</summary>
    /// <exception cref="StartFailureException">There is none.</exception>
    public static string CheckGroup(string group) => OperationCatalogue.Groups.Contains(group)
        ? group
        : throw new StartFailureException(
            ServerExitCode.Usage, $"There is no command '{group}'{NearestName.Hint(group, [Serve, "help", .. OperationCatalogue.Groups])}");

    /// <summary>The operation, if there is one of that name in the group.</summary>
    /// <exception cref="StartFailureException">There is none.</exception>
    public static Operation CheckOperation(string group, string name) => OperationCatalogue.Find(group, name.Replace('-', '_'))
        ?? throw new StartFailureException(
            ServerExitCode.Usage,
            $"'{group}' has no operation '{name}'"
            + NearestName.Hint(name, InGroup(group).SelectMany(operation => operation.Aliases.Append(operation.Name))));

    private static string Overview()
    {
        var text = new StringBuilder($"""
            medatarun serve [options]                        runs the server
            medatarun <group> <operation> --name=value ...   calls an operation of a running server
            medatarun help [serve | group [operation]]       explains them
            medatarun --version

            The server is MEDATARUN_PUBLIC_BASE_URL, else http://localhost:8080; the token is MEDATARUN_AUTH_TOKEN.
            A secret can be left out, and is asked for; --password=- reads it from standard input.
            The result is JSON on standard output. The exit code is 0 for success, 1 when the server refuses or
            cannot be reached, 2 for wrong arguments.
            {StateHelp.ExitCodes}


            """);
        foreach (var group in OperationCatalogue.Groups)
        {
            text.Append(GroupHelp(group));
        }

        return text.ToString();
    }

    private static string GroupHelp(string group)
    {
        var text = new StringBuilder();
        var width = InGroup(group).Max(operation => operation.Name.Length);
        foreach (var operation in InGroup(group))
        {
            text.AppendLine($"{group} {operation.Name.PadRight(width)}  {operation.Summary}");
        }

        return text.ToString();
    }

    private static string OperationHelp(Operation operation)
    {
        if (operation.Group == StateOperations.Export.Group)
        {
            return StateHelp.Of(operation);
        }

        var text = new StringBuilder($"medatarun {operation.Group} {operation.Name}\n{operation.Summary}\n");
        text.AppendLine(operation.Access.Kind switch
        {
            AccessKind.Public => "Needs no token.",
            AccessKind.SignedIn => "Needs a token in MEDATARUN_AUTH_TOKEN.",
            _ => $"Needs a token of somebody who holds the permission '{operation.Access.Permission}'.",
        });
        if (operation.Aliases.Count > 0)
        {
            text.AppendLine($"Also: {string.Join(", ", operation.Aliases)}");
        }

        foreach (var member in operation.Members)
        {
            var kind = member.IsSecret ? "secret" : member.IsList ? "list" : member.Type == typeof(bool) ? "true or false" : member.Type == typeof(int) ? "number" : member.IsJson ? "JSON" : "text";
            text.AppendLine($"\n  --{member.Name}  ({kind}{(member.Required ? ", required" : string.Empty)})");
            text.AppendLine($"      {member.Description}{(member.Alias is null ? string.Empty : $" Also --{member.Alias}.")}");
        }

        return text.ToString();
    }

    private static string ServeHelp()
    {
        var text = new StringBuilder("""
            medatarun serve [options]

              --port N       the port; 8080 when left out, 0 for any free one
              --host H       where to listen; 127.0.0.1 when left out
              --home DIR     the folder of configuration, data and logs; MEDATARUN_HOME, or the user's data folder, when left out
              --state FILE   the document that a server that has nobody yet starts with; one that has somebody keeps what it has
              --ephemeral    uses a new folder for data, and deletes it when the server stops
              --managed      another program started the server: it reads a line of JSON from standard input and prints nothing
              --detached     with --managed: goes on when that program ends

            Each of these can be set as --KEY=VALUE, as an environment variable (medatarun.server.port is
            MEDATARUN_SERVER_PORT), or in config/medatarun.properties under the home; the first of these wins.


            """);
        foreach (var key in ConfigurationKeys.All.Concat(TrustedIssuerKeys.Example.All))
        {
            text.AppendLine($"  {key.Name}\n      {key.Description}; must be {key.Requirement}");
        }

        return text.ToString();
    }

    private static IEnumerable<Operation> InGroup(string group) => OperationCatalogue.All.Where(operation => operation.Group == group);
}
