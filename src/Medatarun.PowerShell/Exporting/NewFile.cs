using Medatarun.Client;
using Medatarun.PowerShell.Errors;

namespace Medatarun.PowerShell.Exporting;

/// <summary>Writes a file that is there whole or not at all, and that only its owner can read.</summary>
internal static class NewFile
{
    /// <summary>Writes a file, in place of the one that has the name.</summary>
    /// <param name="path">Where.</param>
    /// <param name="write">Writes it.</param>
    /// <exception cref="MedatarunException"><c>unwritable_file</c>, and whatever the writing meets.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var unfinished = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using (var file = new FileStream(unfinished, options))
            {
                write(file);
            }

            File.Move(unfinished, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MedatarunException(ImportFileProblems.UnwritableFile, $"{path} cannot be written: {exception.Message}", exception);
        }
        finally
        {
            // It has another name by now, unless something failed.
            if (File.Exists(unfinished))
            {
                File.Delete(unfinished);
            }
        }
    }
}
