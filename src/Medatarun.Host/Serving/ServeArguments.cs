using Medatarun.Contracts.ServerProcess;
using Medatarun.Host.Configuration;

namespace Medatarun.Host.Serving;

/// <summary>The arguments of <c>medatarun serve</c>.</summary>
internal sealed record ServeArguments
{
    private static readonly string[] Options = ["port", "host", "home", "state", "ephemeral", "managed", "detached"];

    /// <summary>The home; null for the environment's or the default.</summary>
    public string? Home { get; init; }

    /// <summary>Whether the home is deleted when the server stops.</summary>
    public bool Ephemeral { get; init; }

    /// <summary>Whether another program started the server and speaks to it through standard input.</summary>
    public bool Managed { get; init; }

    /// <summary>Whether a managed server outlives the program that started it.</summary>
    public bool Detached { get; init; }

    /// <summary>Configuration keys and their values, in the order given.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Settings { get; init; } = [];

    /// <summary>Reads the arguments after <c>serve</c>.</summary>
    /// <exception cref="StartFailureException">An option that does not exist, stands twice, or lacks its value.</exception>
    public static ServeArguments Parse(IReadOnlyList<string> arguments)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < arguments.Count; i++)
        {
            var (name, value) = Split(arguments[i]);
            if (IsFlag(name))
            {
                value = value is null or "true" ? "true" : value is "false" ? "false" : throw Failure($"--{name} takes no value but true or false.");
            }
            else if (value is null)
            {
                value = ++i < arguments.Count ? arguments[i] : throw Failure($"--{name} needs a value.");
            }

            if (!given.TryAdd(KeyOf(name), value))
            {
                throw Failure($"--{name} is given twice.");
            }
        }

        var result = new ServeArguments
        {
            Home = given.GetValueOrDefault("home"),
            Ephemeral = given.GetValueOrDefault("ephemeral") == "true",
            Managed = given.GetValueOrDefault("managed") == "true",
            Detached = given.GetValueOrDefault("detached") == "true",
            Settings = [.. given.Where(pair => pair.Key.StartsWith(ConfigurationKeys.Prefix, StringComparison.Ordinal))],
        };
        return result.Detached && !result.Managed ? throw Failure("--detached goes with --managed only.") : result;
    }

    private static (string Name, string? Value) Split(string argument)
    {
        if (!argument.StartsWith("--", StringComparison.Ordinal))
        {
            throw Failure($"'{argument}' is not an option of serve.");
        }

        var equals = argument.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? argument[2..] : argument[2..equals];
        return Options.Contains(name) || name.StartsWith(ConfigurationKeys.Prefix, StringComparison.Ordinal)
            ? (name, equals < 0 ? null : argument[(equals + 1)..])
            : throw Failure($"serve has no option --{name}{NearestName.Hint(name, Options, "--")}");
    }

    private static bool IsFlag(string name) => name is "ephemeral" or "managed" or "detached";

    // The short options are the same settings as their keys, so that giving both is giving one twice.
    private static string KeyOf(string name) => name switch
    {
        "port" => ConfigurationKeys.Port.Name,
        "host" => ConfigurationKeys.Host.Name,
        "state" => ConfigurationKeys.StateFile.Name,
        _ => name,
    };

    private static StartFailureException Failure(string message) => new(ServerExitCode.Usage, message);
}
