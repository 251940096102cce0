using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Medatarun.Server.Passwords;

/// <summary>Gives way to the threads that answer requests.</summary>
internal static partial class ThreadPriorities
{
    private const int Steps = 10;

    /// <summary>Lowers the priority of the calling thread where the operating system keeps one for each thread.</summary>
    public static void LowerOwn()
    {
        if (OperatingSystem.IsWindows())
        {
            Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
        }
        else if (OperatingSystem.IsLinux())
        {
            // Where it is not allowed, all threads stay equal.
            _ = Nice(Steps);
        }

        // On macOS the same call would slow the whole process.
    }

    // On Linux this is about the calling thread alone, against POSIX: nice(2), "C library/kernel differences".
    [SupportedOSPlatform("linux")]
    [LibraryImport("libc", EntryPoint = "nice")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Nice(int steps);
}
