using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Medatarun.Server.Passwords;

/// <summary>Gives way to the threads that answer requests.</summary>
internal static partial class ThreadPriorities
{
    private const int PriorityOfProcess = 0;
    private const int CallingThread = 0;
    private const int Nice = 10;

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
            _ = SetPriority(PriorityOfProcess, CallingThread, Nice);
        }

        // On macOS the same call would slow the whole process.
    }

    // On Linux a thread is a process to this call, against POSIX: setpriority(2), "C library/kernel differences".
    [SupportedOSPlatform("linux")]
    [LibraryImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetPriority(int which, uint who, int priority);
}
