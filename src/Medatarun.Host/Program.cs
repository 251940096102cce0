using Medatarun.Client;
using Medatarun.Contracts.ServerProcess;
using Medatarun.Host.CommandLine;
using Medatarun.Host.Logging;
using Medatarun.Host.Serving;

namespace Medatarun.Host;

/// <summary>The <c>medatarun</c> program.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        try
        {
            return arguments is ["serve", .. var rest] && !rest.Any(HelpCommand.IsHelpOption)
                ? await ServeCommand.RunAsync(rest)
                : await ClientCommands.RunAsync(arguments);
        }
        catch (StartFailureException failure)
        {
            return Fail(failure.ExitCode, failure.Message);
        }
        catch (MedatarunException refusal)
        {
            return Fail(ServerExitCode.Failure, RefusalText.Of(refusal));
        }
#pragma warning disable CA1031 // The last place that can turn a surprise into a sentence: nobody is served by a stack trace on a terminal.
        catch (Exception surprise)
#pragma warning restore CA1031
        {
            return Fail(ServerExitCode.Failure, $"{surprise.GetType().Name}: {surprise.Message}");
        }
    }

    private static int Fail(int exitCode, string message)
    {
        foreach (var line in message.Split('\n'))
        {
            Console.Error.WriteLine(LogText.Escape(line));
        }

        return exitCode;
    }
}
