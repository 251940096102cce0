using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Medatarun.PowerShell.Tests;

/// <summary>One run of every Pester suite, in a real PowerShell.</summary>
internal static class PesterRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private static readonly JsonSerializerOptions Json = new() { PropertyNameCaseInsensitive = true };

    /// <summary>Why the suites cannot run on this machine; null when they can.</summary>
    public static async Task<string?> ObstacleAsync()
    {
        const string Question =
            "if ($PSVersionTable.PSVersion -lt [version]'7.6') { \"PowerShell 7.6 is needed, pwsh here is $($PSVersionTable.PSVersion)\" } "
            + "elseif (-not (Get-Module Pester -ListAvailable | Where-Object { $_.Version.Major -eq 5 })) { 'Pester 5 is not installed' }";
        try
        {
            var (code, output, errors) = await PwshAsync("-Command", Question);
            return code != 0 ? $"pwsh does not start: {errors.Trim()}" : output.Trim() is { Length: > 0 } obstacle ? obstacle : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "pwsh is not on the PATH (dotnet tool install --global PowerShell)";
        }
    }

    /// <summary>Runs every suite.</summary>
    public static async Task<IReadOnlyList<PesterResult>> RunAsync()
    {
        var suites = typeof(PesterRun).Assembly.GetCustomAttributes(typeof(System.Reflection.AssemblyMetadataAttribute), inherit: false)
            .Cast<System.Reflection.AssemblyMetadataAttribute>()
            .Single(metadata => metadata.Key == "Suites").Value!;
        var results = Path.Combine(Path.GetTempPath(), $"medatarun-pester-{Guid.NewGuid():N}.json");
        try
        {
            var (code, output, errors) = await PwshAsync(
                "-File", Path.Combine(suites, "Invoke-Suites.ps1"), "-ResultPath", results);
            return File.Exists(results)
                ? JsonSerializer.Deserialize<List<PesterResult>>(await File.ReadAllTextAsync(results), Json)!
                : [new PesterResult("Pester", "runs", "Failed", 0, $"pwsh ended with {code}.\n{output}\n{errors}")];
        }
        finally
        {
            File.Delete(results);
        }
    }

    private static async Task<(int Code, string Output, string Errors)> PwshAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("pwsh", ["-NoProfile", "-NonInteractive", .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment["NO_COLOR"] = "1";
        // A sign-in of whoever runs the tests must not be taken for one of theirs.
        start.Environment.Remove("MEDATARUN_AUTH_TOKEN");
        start.Environment.Remove("MEDATARUN_PUBLIC_BASE_URL");
        // dotnet test sets it for its own processes, where it would win over the DOTNET_ROOT that a suite sets.
        var architecture = RuntimeInformation.ProcessArchitecture.ToString().ToUpperInvariant();
        if (start.Environment.Remove($"DOTNET_ROOT_{architecture}", out var root))
        {
            start.Environment.TryAdd("DOTNET_ROOT", root);
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return (-1, string.Empty, $"Not done within {Patience.TotalMinutes} minutes.");
        }
    }
}
