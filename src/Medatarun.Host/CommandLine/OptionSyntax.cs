using Medatarun.Contracts.Operations;
using Medatarun.Contracts.ServerProcess;

namespace Medatarun.Host.CommandLine;

/// <summary>How options are written.</summary>
internal static class OptionSyntax
{
    private const string Dashes = "--";

    /// <summary>Splits <c>--name=value</c>; the value is null when there is no equals sign.</summary>
    public static (string Name, string? Value) Split(string argument)
    {
        if (!argument.StartsWith(Dashes, StringComparison.Ordinal) || argument.Length == Dashes.Length)
        {
            // What does not look like an option may be a secret that lost its name to a space.
            throw new StartFailureException(ServerExitCode.Usage, "Options are written --name=value or --name value; one of the arguments is neither.");
        }

        var equals = argument.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (argument[Dashes.Length..], null) : (argument[Dashes.Length..equals], argument[(equals + 1)..]);
    }

    /// <summary>The value of an option that was written without an equals sign: the next argument, or true for a switch that stands alone.</summary>
    public static string NextValue(IReadOnlyList<string> arguments, ref int index, OperationMember member, string name)
    {
        var next = index + 1 < arguments.Count ? arguments[index + 1] : null;
        if (next is not null && !next.StartsWith(Dashes, StringComparison.Ordinal))
        {
            index++;
            return next;
        }

        return member.Type == typeof(bool)
            ? "true"
            : throw new StartFailureException(ServerExitCode.Usage, $"--{name} needs a value; write --{name}=VALUE for one that begins with dashes.");
    }
}
