using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Medatarun.PowerShell.ServerProcess;

/// <summary>Signals, which .NET can receive and not send.</summary>
[UnsupportedOSPlatform("windows")]
internal static partial class UnixSignals
{
    private const int Terminate = 15;
    private const int NoSuchProcess = 3;

    /// <summary>Asks a process to end. One that has ended already is no error.</summary>
    /// <exception cref="Win32Exception">The process is another user's.</exception>
    public static void SendTerminate(int processId)
    {
        if (Kill(processId, Terminate) != 0 && Marshal.GetLastPInvokeError() is var error and not NoSuchProcess)
        {
            throw new Win32Exception(error, Marshal.GetPInvokeErrorMessage(error));
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int processId, int signal);
}
