namespace Medatarun.Server.Storage;

/// <summary>Makes files that only their owner can read.</summary>
internal static class PrivateFile
{
    /// <summary>Makes the file and its folder if they are missing. SQLite gives its side files the mode of the main one.</summary>
    public static void Ensure(string file)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        if (OperatingSystem.IsWindows())
        {
            // The user's folders are private by inheritance there.
            Directory.CreateDirectory(folder);
            return;
        }

        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (!File.Exists(file))
        {
            using var created = new FileStream(file, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        }
    }
}
