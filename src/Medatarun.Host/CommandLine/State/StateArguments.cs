using Medatarun.Contracts.ServerProcess;

namespace Medatarun.Host.CommandLine.State;

/// <summary>The arguments of <c>medatarun state …</c>.</summary>
internal sealed class StateArguments
{
    private static readonly string[] Flags = ["prune", "json"];

    private readonly Dictionary<string, string> given;

    private StateArguments(Dictionary<string, string> given) => this.given = given;

    /// <summary>The value of an option; null when it is not given.</summary>
    public string? this[string name] => given.GetValueOrDefault(name);

    /// <summary>Whether a flag is set.</summary>
    public bool Has(string name) => given.GetValueOrDefault(name) == "true";

    /// <summary>Reads the arguments after the name of the command.</summary>
    /// <param name="command">The command, for what is said of it.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="options">The options that it has.</param>
    /// <exception cref="StartFailureException">An option that does not exist, stands twice, or lacks its value.</exception>
    public static StateArguments Parse(string command, IReadOnlyList<string> arguments, IReadOnlyList<string> options)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < arguments.Count; i++)
        {
            var (name, value) = OptionSyntax.Split(arguments[i]);
            if (!options.Contains(name))
            {
                throw Failure($"state {command} has no option --{name}{NearestName.Hint(name, options, "--")}");
            }

            if (Flags.Contains(name))
            {
                value = value is null or "true" ? "true" : value == "false" ? "false" : throw Failure($"--{name} takes no value but true or false.");
            }
            else if (value is null)
            {
                value = ++i < arguments.Count ? arguments[i] : throw Failure($"--{name} needs a value.");
            }

            if (!given.TryAdd(name, value))
            {
                throw Failure($"--{name} is given twice.");
            }
        }

        return new StateArguments(given);
    }

    public static StartFailureException Failure(string message) => new(ServerExitCode.Failure, message);
}
