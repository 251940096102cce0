using System.Runtime.InteropServices;
using System.Text.Json;
using Medatarun.Contracts;
using Medatarun.Contracts.Import;
using Medatarun.Contracts.Operations;
using Medatarun.Contracts.ServerProcess;
using Medatarun.Contracts.State;
using Medatarun.Host.CommandLine.State;

namespace Medatarun.Host.CommandLine;

/// <summary>Everything but <c>serve</c>: help, and the operations of the catalogue.</summary>
internal static class ClientCommands
{
    /// <summary>Runs one command.</summary>
    /// <param name="arguments">The arguments of the program.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="StartFailureException">The arguments are wrong.</exception>
    /// <exception cref="Client.MedatarunException">The server refused, or could not be reached.</exception>
    public static async Task<int> RunAsync(string[] arguments)
    {
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => Environment.Exit(ServerExitCode.Interrupted));
        switch (arguments)
        {
            case []:
                Console.Error.Write(HelpCommand.Text([]));
                return ServerExitCode.Usage;
            case ["--version"]:
                Console.Out.WriteLine($"medatarun {typeof(ClientCommands).Assembly.GetName().Version?.ToString(3)}");
                return ServerExitCode.Success;
            case ["help", .. var topic]:
                Console.Out.Write(HelpCommand.Text(topic));
                return ServerExitCode.Success;
        }

        if (Array.FindIndex(arguments, HelpCommand.IsHelpOption) is var help and >= 0)
        {
            Console.Out.Write(HelpCommand.Text([.. arguments.Take(help).TakeWhile(argument => !argument.StartsWith('-'))]));
            return ServerExitCode.Success;
        }

        if (arguments[0] == StateOperations.Export.Group)
        {
            return await StateCommand.RunAsync(arguments[1..]);
        }

        var operation = FindOperation(arguments);
        if (operation == ImportOperations.UserImport)
        {
            return await ImportCommand.RunAsync(arguments[2..]);
        }

        await InvokeAsync(operation, arguments);
        return ServerExitCode.Success;
    }

    private static async Task InvokeAsync(Operation operation, string[] arguments)
    {
        var request = RequestReader.Read(operation, arguments[2..], SecretReader.FromConsole());
        var connection = ServerAddress.Connect(Environment.GetEnvironmentVariable);
        var answer = await connection.InvokeRawAsync(operation.Group, operation.Name, request);
        WriteJson(answer);
    }

    /// <summary>Finds the operation that the first two arguments name.</summary>
    private static Operation FindOperation(string[] arguments)
    {
        var group = HelpCommand.CheckGroup(arguments[0]);
        return arguments.Length > 1 && !arguments[1].StartsWith('-')
            ? HelpCommand.CheckOperation(group, arguments[1])
            : throw new StartFailureException(
                ServerExitCode.Usage, $"Name an operation of '{group}': medatarun help {group} lists them.");
    }

    private static void WriteJson(byte[] answer)
    {
        // A pipe gets what a terminal gets: one value, indented, which every JSON reader takes.
        using var document = JsonDocument.Parse(answer, new JsonDocumentOptions { MaxDepth = MedatarunJson.MaxDepth });
        using var output = Console.OpenStandardOutput();
        using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, Encoder = MedatarunJson.Context.Options.Encoder }))
        {
            document.WriteTo(writer);
        }

        output.Write("\n"u8);
    }
}
