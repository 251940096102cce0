namespace Medatarun.PowerShell.Parameters;

/// <summary>How long tokens are to live, as the server counts it.</summary>
internal static class Lifetime
{
    /// <summary>Whole seconds. What is out of range stays so: the server says what it allows.</summary>
    /// <param name="life">How long.</param>
    public static int Seconds(TimeSpan life) => (int)Math.Clamp(Math.Floor(life.TotalSeconds), int.MinValue, int.MaxValue);
}
