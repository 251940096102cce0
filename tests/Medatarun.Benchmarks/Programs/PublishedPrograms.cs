using System.Runtime.InteropServices;
using System.Text.Json;

namespace Medatarun.Benchmarks.Programs;

/// <summary>The <c>medatarun</c> program and the bare one, published in the same way when they are first asked for.</summary>
internal sealed class PublishedPrograms
{
    // All that decides how a program is published and how its runtime behaves. The bare one gets the values of ours.
    private static readonly string[] PublishProperties =
    [
        "SelfContained", "PublishSingleFile", "PublishReadyToRun", "PublishTrimmed", "TrimMode", "IncludeNativeLibrariesForSelfExtract",
        "EnableCompressionInSingleFile", "DebugType", "ServerGarbageCollection", "ConcurrentGarbageCollection", "Gen0MaxBudget", "EventSourceSupport",
        "MetadataUpdaterSupport", "UseSystemResourceKeys", "InvariantGlobalization", "TieredCompilation", "TieredPGO", "AutoreleasePoolSupport",
        "JsonSerializerIsReflectionEnabledByDefault",
    ];

    private readonly string root;
    private readonly Lazy<string> medatarun;
    private readonly Lazy<string> bare;

    public PublishedPrograms(string root)
    {
        this.root = root;
        medatarun = new(() => Publish("src/Medatarun.Host", "medatarun", []));
        bare = new(() => Publish("tests/Medatarun.Benchmarks.Bare", "bare", SameAsMedatarun()));
    }

    public string Root => root;

    public string Medatarun => medatarun.Value;

    public string Bare => bare.Value;

    private static string RuntimeIdentifier =>
        (OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux")
        + "-" + RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();

    private string Publish(string project, string name, IEnumerable<string> properties)
    {
        Console.Error.WriteLine($"  publishing {name} …");
        var folder = Path.Combine(root, "artifacts", "benchmarks", name);
        CommandRunner.Run(
            root, "dotnet",
            ["publish", project, "-c", "Release", "-r", RuntimeIdentifier, "-o", folder, "-nodeReuse:false", "-p:UseSharedCompilation=false", .. properties]);
        return Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name);
    }

    private IEnumerable<string> SameAsMedatarun()
    {
        var json = CommandRunner.Run(
            root, "dotnet",
            ["msbuild", "src/Medatarun.Host", "-p:Configuration=Release", $"-p:RuntimeIdentifier={RuntimeIdentifier}", "-nodeReuse:false",
                $"-getProperty:{string.Join(',', PublishProperties)}"]);
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.GetProperty("Properties").EnumerateObject()
            .Where(property => property.Value.GetString() is { Length: > 0 })
            .Select(property => $"-p:{property.Name}={property.Value.GetString()}")];
    }
}
