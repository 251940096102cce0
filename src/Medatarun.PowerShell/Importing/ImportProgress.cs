using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;

namespace Medatarun.PowerShell.Importing;

/// <summary>What is shown of an import that takes longer than a second.</summary>
internal sealed class ImportProgress
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly Stopwatch clock = Stopwatch.StartNew();
    private TimeSpan shown;

    /// <summary>How many users were done.</summary>
    public int Done { get; set; }

    /// <summary>How many rows were refused.</summary>
    public int Failed { get; set; }

    /// <summary>What is to be shown now; null for nothing, because it is too early or the last was just shown.</summary>
    /// <param name="percent">How much was read; null where nobody knows how much there is.</param>
    public ProgressRecord? Next(int? percent)
    {
        var now = clock.Elapsed;
        if (now < Quiet || now - shown < Pause)
        {
            return null;
        }

        shown = now;
        var speed = Done / now.TotalSeconds;
        return Record(string.Create(CultureInfo.InvariantCulture, $"{Done:N0} users, {speed:N0} a second, {Failed:N0} refused"), percent ?? -1);
    }

    /// <summary>What takes away what was shown; null when nothing was.</summary>
    public ProgressRecord? Complete()
    {
        if (shown == default)
        {
            return null;
        }

        shown = default;
        var record = Record("Done", 100);
        record.RecordType = ProgressRecordType.Completed;
        return record;
    }

    private static ProgressRecord Record(string status, int percent) => new(1, "Importing users", status) { PercentComplete = percent };
}
