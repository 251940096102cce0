using System.Globalization;

namespace Medatarun.Benchmarks;

/// <summary>Prints what was measured and judges it.</summary>
internal sealed class Report(TextWriter output)
{
    private int passes;
    private int skips;

    public int Failures { get; private set; }

    public void Title(string name, string question) => output.WriteLine($"{Environment.NewLine}{name}: {question}");

    public void Line(FormattableString text) => output.WriteLine("  " + text.ToString(CultureInfo.InvariantCulture));

    public void Skip(string reason)
    {
        skips++;
        output.WriteLine($"  SKIPPED: {reason}");
    }

    /// <summary>A figure that must be at least the bound.</summary>
    public void AtLeast(string what, double value, double bound, string unit = "") => Judge(what, value, ">=", bound, unit, value >= bound);

    /// <summary>A figure that must be at most the bound.</summary>
    public void AtMost(string what, double value, double bound, string unit = "") => Judge(what, value, "<=", bound, unit, value <= bound);

    public void Summary() => output.WriteLine($"{Environment.NewLine}{passes} passed, {Failures} failed, {skips} skipped");

    private void Judge(string what, double value, string relation, double bound, string unit, bool good)
    {
        if (good)
        {
            passes++;
        }
        else
        {
            Failures++;
        }

        Line($"{(good ? "PASS" : "FAIL")}  {what}: {value:0.000}{unit} (bound {relation} {bound:0.###}{unit})");
    }
}
