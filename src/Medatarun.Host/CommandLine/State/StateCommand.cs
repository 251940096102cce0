using System.Text.Json;
using Medatarun.Client;
using Medatarun.Client.State;
using Medatarun.Contracts;
using Medatarun.Contracts.ServerProcess;
using Medatarun.Contracts.State;

namespace Medatarun.Host.CommandLine.State;

/// <summary>
/// <c>medatarun state export|compare|apply</c>. Exit code 2 of <c>compare</c> says that something differs, and so nothing else of these
/// commands does: what fails is 1, wrong arguments too.
/// </summary>
internal static class StateCommand
{
    /// <summary>The exit code that says that what is and what should be are not the same.</summary>
    public const int Drift = 2;

    // Making thousands of users takes the time of their password hashes.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <summary>The options of each command, with what they are for.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<(string Option, string Description)>> Options { get; } =
        new Dictionary<string, IReadOnlyList<(string, string)>>(StringComparer.Ordinal)
        {
            ["export"] =
            [
                ("sections", "The sections that it shall have, separated by commas; all when left out."),
                ("output", "The file that it is written to; standard output when left out."),
            ],
            ["compare"] =
            [
                ("file", "The document: a file of JSON, or - for standard input. Needed."),
                ("prune", "Whether what its sections do not name should be gone."),
                ("plan", "The file that the plan is written to, to be looked at and applied later."),
                ("json", "Prints the differences as JSON."),
            ],
            ["apply"] =
            [
                ("file", "The document: a file of JSON, or - for standard input. This or --plan is needed."),
                ("prune", "Whether what its sections do not name is deleted."),
                ("plan", "The file of a plan: exactly that is done, and nothing when the server holds something else by now."),
                ("json", "Prints what was changed as JSON."),
            ],
        };

    /// <summary>Runs one of the commands.</summary>
    /// <param name="arguments">The arguments after <c>state</c>.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="StartFailureException">The arguments are wrong; its exit code is 1.</exception>
    /// <exception cref="MedatarunException">The server refused, or a file cannot be used.</exception>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var command = arguments.Count > 0 ? arguments[0] : "";
        if (!Options.TryGetValue(command, out var options))
        {
            throw StateArguments.Failure(
                command.StartsWith('-') || command.Length == 0
                    ? "Name one of export, compare and apply: medatarun help state explains them."
                    : $"There is no command 'state {command}'{NearestName.Hint(command, Options.Keys)}");
        }

        try
        {
            var given = StateArguments.Parse(command, [.. arguments.Skip(1)], [.. options.Select(pair => pair.Option)]);
            return command switch
            {
                "export" => await ExportAsync(given),
                "compare" => await CompareAsync(given),
                _ => await ApplyAsync(given),
            };
        }
        catch (StartFailureException failure)
        {
            throw StateArguments.Failure(failure.Message);
        }
    }

    private static async Task<int> ExportAsync(StateArguments given)
    {
        var sections = given["sections"]?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var document = await Connect().InvokeAsync(StateOperations.Export, new StateExportRequest { Sections = sections });
        var content = StateJson.Write(document);
        if (given["output"] is { } path)
        {
            StateFiles.Write(path, content);
        }
        else
        {
            Print(content);
        }

        return ServerExitCode.Success;
    }

    private static async Task<int> CompareAsync(StateArguments given)
    {
        var path = given["file"] ?? throw StateArguments.Failure("state compare needs --file: the document, or - for standard input.");
        var plan = await Connect().PlanStateAsync(StateFiles.ReadDocument(path), given.Has("prune"));
        if (given["plan"] is { } planPath)
        {
            StateFiles.Write(planPath, StateJson.Write(
                plan with { Document = SecretReferences.Rebase(plan.Document, StateFiles.FolderOf(path), StateFiles.FolderOf(planPath)) }));
        }

        var inStep = plan.Differences.Count == 0;
        Print(
            given, new StateCompareResponse { InStep = inStep, Differences = plan.Differences, Fingerprint = plan.Fingerprint },
            inStep ? "In step." : $"{StateText.Count(plan.Differences.Count, "difference")}.");
        return inStep ? ServerExitCode.Success : Drift;
    }

    private static async Task<int> ApplyAsync(StateArguments given)
    {
        if (given["file"] is null == given["plan"] is null)
        {
            throw StateArguments.Failure("state apply needs either --file, the document, or --plan.");
        }

        if (given["plan"] is not null && given["prune"] is not null)
        {
            throw StateArguments.Failure("A plan says itself whether it prunes: leave out --prune.");
        }

        var path = given["file"] ?? given["plan"]!;
        var connection = Connect();
        var plan = given["plan"] is null
            ? await connection.PlanStateAsync(StateFiles.ReadDocument(path), given.Has("prune"))
            : StateFiles.ReadPlan(path);
        var done = await connection.ApplyStateAsync(plan, StateFiles.FolderOf(path), onlyIfUnchanged: given["plan"] is not null);
        Print(given, done, done.InStep ? "In step: nothing was changed." : $"{StateText.Count(done.Differences.Count, "change")} made.");
        return ServerExitCode.Success;
    }

    private static void Print(StateArguments given, StateCompareResponse answer, string summary)
    {
        if (given.Has("json"))
        {
            Print(JsonSerializer.SerializeToUtf8Bytes(answer, Indented.StateCompareResponse));
            Console.Out.WriteLine();
        }
        else
        {
            Console.Out.Write($"{StateText.Of(answer.Differences)}{summary}\n");
        }
    }

    private static MedatarunJsonContext Indented => new(new JsonSerializerOptions(MedatarunJson.Context.Options) { WriteIndented = true });

    private static void Print(byte[] content)
    {
        using var output = Console.OpenStandardOutput();
        output.Write(content);
    }

    private static MedatarunConnection Connect() => ServerAddress.Connect(Environment.GetEnvironmentVariable, Patience);
}
