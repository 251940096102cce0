namespace Medatarun.Benchmarks;

/// <summary>Figures of samples.</summary>
internal static class Statistics
{
    public static double Median(IEnumerable<double> samples) => Percentile([.. samples], 0.5);

    /// <summary>Interpolated between the two nearest samples.</summary>
    public static double Percentile(IReadOnlyCollection<double> samples, double share)
    {
        var sorted = samples.Order().ToArray();
        var position = share * (sorted.Length - 1);
        var below = (int)Math.Floor(position);
        var above = (int)Math.Ceiling(position);
        return sorted[below] + ((sorted[above] - sorted[below]) * (position - below));
    }

    /// <summary>
    /// How many a second complete, as the slope of the line through the completions. Unlike a count in a window it does not
    /// depend on where the window cuts a piece of work that takes a tenth of a second.
    /// </summary>
    public static double Rate(IEnumerable<double> completionSeconds)
    {
        var times = completionSeconds.Order().ToArray();
        var meanTime = times.Average();
        var meanIndex = (times.Length - 1) / 2.0;
        var together = times.Select((time, index) => (time - meanTime) * (index - meanIndex)).Sum();
        return together / times.Sum(time => (time - meanTime) * (time - meanTime));
    }
}
