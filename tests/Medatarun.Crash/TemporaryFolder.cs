namespace Medatarun.Crash;

/// <summary>A folder that is gone afterwards.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("medatarun-crash-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
