namespace Medatarun.Benchmarks;

/// <summary>Where the source is.</summary>
internal static class Repository
{
    private const string Marker = "Medatarun.PowerShell.sln";

    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo? folder) =>
        folder is null ? throw new InvalidOperationException($"No folder above this program holds {Marker}.")
        : File.Exists(Path.Combine(folder.FullName, Marker)) ? folder.FullName
        : Find(folder.Parent);
}
