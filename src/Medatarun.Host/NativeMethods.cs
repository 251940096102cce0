using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Medatarun.Host;

/// <summary>What .NET does not offer of Unix.</summary>
[UnsupportedOSPlatform("windows")]
internal static partial class NativeMethods
{
    /// <summary>The mode bits that new files do not get, as in <c>umask 077</c>.</summary>
    [LibraryImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial uint SetFileModeMask(uint mask);

    /// <summary>Leaves the terminal's session, so that its keys and its closing do not reach this process.</summary>
    [LibraryImport("libc", EntryPoint = "setsid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int LeaveTerminal();
}
