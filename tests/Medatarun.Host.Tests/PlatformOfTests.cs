using System.Runtime.Versioning;

// The tests of processes speak in signals and file modes.
[assembly: UnsupportedOSPlatform("windows")]
