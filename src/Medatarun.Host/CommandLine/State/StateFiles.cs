using Medatarun.Client.State;
using Medatarun.Contracts.State;

namespace Medatarun.Host.CommandLine.State;

/// <summary>The files that the commands about state read and write.</summary>
internal static class StateFiles
{
    private const string StandardInput = "-";

    /// <summary>Reads a state, from standard input for <c>-</c>.</summary>
    public static StateDocument ReadDocument(string path) => StateJson.ReadDocument(Read(path));

    public static StatePlan ReadPlan(string path) => StateJson.ReadPlan(Read(path));

    /// <summary>The folder to which references of a file are relative: its own, or the working directory for standard input.</summary>
    public static string FolderOf(string path) =>
        path == StandardInput ? Directory.GetCurrentDirectory() : Path.GetDirectoryName(Path.GetFullPath(path))!;

    /// <summary>Writes a file whole or not at all.</summary>
    public static void Write(string path, byte[] content)
    {
        try
        {
            var beside = $"{path}.{Environment.ProcessId}.tmp";
            File.WriteAllBytes(beside, content);
            File.Move(beside, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw StateArguments.Failure($"{path} cannot be written: {exception.Message}");
        }
    }

    private static byte[] Read(string path)
    {
        try
        {
            if (path != StandardInput)
            {
                return File.ReadAllBytes(path);
            }

            using var input = Console.OpenStandardInput();
            using var content = new MemoryStream();
            input.CopyTo(content);
            return content.ToArray();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw StateArguments.Failure($"{path} cannot be read: {exception.Message}");
        }
    }
}
