using System.Text;

namespace Medatarun.Host.Logging;

/// <summary>A text file that is bounded: when it is full it becomes <c>.1</c>, that one <c>.2</c>, and the oldest is dropped.</summary>
internal sealed class RollingFile : IDisposable
{
    public const long DefaultMaxBytes = 10L * 1024 * 1024;
    public const int DefaultFiles = 3;

    private readonly Lock gate = new();
    private readonly string path;
    private readonly long maxBytes;
    private readonly int files;
    private FileStream? stream;
    private bool closed;

    /// <summary>Opens the file and goes on at its end.</summary>
    /// <param name="path">The file; its folder is there.</param>
    /// <param name="maxBytes">How large one file grows at most.</param>
    /// <param name="files">How many files there are at most, the current one among them.</param>
    public RollingFile(string path, long maxBytes = DefaultMaxBytes, int files = DefaultFiles)
    {
        this.path = path;
        this.maxBytes = maxBytes;
        this.files = files;
        stream = Open();
    }

    /// <summary>Adds an entry. A full disk loses the entry and not the server.</summary>
    public void Append(string entry)
    {
        var bytes = Encoding.UTF8.GetBytes(entry);
        lock (gate)
        {
            if (closed)
            {
                return;
            }

            try
            {
                stream ??= Open();
                if (stream.Length > 0 && stream.Length + bytes.Length > maxBytes)
                {
                    stream = Roll(stream);
                }

                stream.Write(bytes);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                stream?.Dispose();
                stream = null;
            }
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            closed = true;
            stream?.Dispose();
            stream = null;
        }
    }

    private FileStream Roll(FileStream full)
    {
        full.Dispose();
        for (var i = files - 1; i > 0; i--)
        {
            var older = $"{path}.{i}";
            var newer = i == 1 ? path : $"{path}.{i - 1}";
            if (File.Exists(newer))
            {
                File.Move(newer, older, overwrite: true);
            }
        }

        return Open();
    }

    private FileStream Open()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.Append,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }
}
