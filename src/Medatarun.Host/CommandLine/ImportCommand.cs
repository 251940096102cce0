using System.Text.Json;
using Medatarun.Contracts;
using Medatarun.Contracts.Import;
using Medatarun.Contracts.ServerProcess;

namespace Medatarun.Host.CommandLine;

/// <summary><c>medatarun auth user_import</c>: rows on standard input, results on standard output, a line each.</summary>
internal static class ImportCommand
{
    /// <summary>Imports until standard input ends.</summary>
    /// <param name="options">The arguments after the operation's name.</param>
    /// <returns>1 when a row failed, else 0.</returns>
    /// <exception cref="StartFailureException">The options are wrong.</exception>
    /// <exception cref="Client.MedatarunException">The server refused the whole, could not be reached, or its answer broke off.</exception>
    public static async Task<int> RunAsync(string[] options)
    {
        var json = RequestReader.Read(ImportOperations.UserImport, options, SecretReader.FromConsole());
        var request = JsonSerializer.Deserialize(json, MedatarunJson.Context.UserImportRequest)!;
        var connection = ServerAddress.Connect(Environment.GetEnvironmentVariable);
        await using var input = Console.OpenStandardInput();
        await using var output = Console.OpenStandardOutput();
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        await foreach (var result in connection.ImportUserLinesAsync(InputLines.Of(input), request))
        {
            counts[result.Status!] = counts.GetValueOrDefault(result.Status!) + 1;
            await WriteAsync(output, result);
        }

        await WriteAsync(output, new UserImportResult { Summary = Summary(counts) });
        return counts.ContainsKey(UserImportResult.Failed) ? ServerExitCode.Failure : ServerExitCode.Success;
    }

    private static UserImportSummary Summary(Dictionary<string, int> counts) => new(
        counts.Values.Sum(),
        counts.GetValueOrDefault(UserImportResult.Created),
        counts.GetValueOrDefault(UserImportResult.Updated),
        counts.GetValueOrDefault(UserImportResult.Existing),
        counts.GetValueOrDefault(UserImportResult.Failed));

    // Each at once, so that whoever reads along sees how far it is.
    private static ValueTask WriteAsync(Stream output, UserImportResult result) =>
        output.WriteAsync((byte[])[.. JsonSerializer.SerializeToUtf8Bytes(result, MedatarunJson.Context.UserImportResult), (byte)'\n']);
}
