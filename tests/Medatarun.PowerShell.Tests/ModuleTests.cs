namespace Medatarun.PowerShell.Tests;

/// <summary>Shows every Pester test as a test of its own.</summary>
public sealed class ModuleTests
{
    /// <summary>The results of one run of all suites; one skipped row with the reason where they cannot run.</summary>
    public static async Task<IEnumerable<ITheoryDataRow>> Results()
    {
        if (await PesterRun.ObstacleAsync() is { } obstacle)
        {
            return [new TheoryDataRow<string, PesterResult?>("the Pester suites", null) { Skip = obstacle }];
        }

        return (await PesterRun.RunAsync()).Select(result => new TheoryDataRow<string, PesterResult?>(result.Name, result)
        {
            TestDisplayName = $"{result.Suite}: {result.Name}",
            // The arguments are not repeated behind the name.
            Label = string.Empty,
            Skip = result.Result is "Skipped" or "Inconclusive" or "NotRun" ? $"{result.Result} by Pester. {result.Message}" : null,
        });
    }

    [Theory]
    // The run itself is what is enumerated, so it happens when the tests run, once, and not when they are listed.
    [MemberData(nameof(Results), DisableDiscoveryEnumeration = true)]
    public void Module_behaves_as_its_Pester_suites_say(string name, PesterResult? result)
    {
        Assert.NotNull(result);
        Assert.True(result.Result == "Passed", $"{name}\n{result.Message}");
    }
}
