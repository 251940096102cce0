namespace Medatarun.Client.JobTokens;

/// <summary>What a job can see of where it runs. Read anew each time it is asked.</summary>
/// <param name="variable">Reads an environment variable; null when it is not set.</param>
/// <param name="readFile">Reads a file; null when there is none. May fail as files do.</param>
public sealed class JobEnvironment(Func<string, string?> variable, Func<string, string?> readFile)
{
    // A token is a few KiB; a path that leads to something else must not fill the memory.
    private const int MaxFileBytes = 64 * 1024;

    /// <summary>The environment and the files of this process.</summary>
    public JobEnvironment()
        : this(Environment.GetEnvironmentVariable, ReadShortFile)
    {
    }

    /// <summary>An environment variable; null when it is not set or empty.</summary>
    /// <param name="name">Its name.</param>
    public string? Variable(string name) => variable(name) is { } value && value.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>A file's text without the white space around it; null when there is no such file, or nothing in it.</summary>
    /// <param name="path">Where it is.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public string? File(string path) => readFile(path) is { } content && content.Trim() is { Length: > 0 } text ? text : null;

    private static string? ReadShortFile(string path)
    {
        try
        {
            using var file = System.IO.File.OpenRead(path);
            // The length of a device or a pipe is no limit to what comes out of it.
            var content = new byte[MaxFileBytes];
            var length = file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            return length < content.Length
                ? System.Text.Encoding.UTF8.GetString(content, 0, length)
                : throw new IOException($"It is larger than {MaxFileBytes / 1024} KiB.");
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
