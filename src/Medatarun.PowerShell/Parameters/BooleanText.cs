using System.Management.Automation;

namespace Medatarun.PowerShell.Parameters;

/// <summary>The texts that mean yes and no in a CSV.</summary>
internal static class BooleanText
{
    /// <summary>Reads a truth value.</summary>
    /// <param name="value">What the pipeline or the command line offers.</param>
    /// <returns>Null for nothing or an empty text.</returns>
    /// <exception cref="ArgumentTransformationMetadataException">It is neither true nor false.</exception>
    public static bool? Read(object? value) => PipelineValue.Unwrap(value) switch
    {
        null => null,
        bool truth => truth,
        SwitchParameter given => given.IsPresent,
        int number and (0 or 1) => number == 1,
        long number and (0 or 1) => number == 1,
        string text => ReadText(text.Trim()),
        _ => throw Refusal(),
    };

    /// <summary>As <see cref="Read"/>, without a refusal.</summary>
    /// <param name="value">Any value.</param>
    /// <param name="truth">What it says; null for nothing or an empty text.</param>
    /// <returns>False when it is neither true nor false.</returns>
    public static bool TryRead(object? value, out bool? truth)
    {
        try
        {
            truth = Read(value);
            return true;
        }
        catch (ArgumentTransformationMetadataException)
        {
            truth = null;
            return false;
        }
    }

    private static bool? ReadText(string text) => text.ToUpperInvariant() switch
    {
        "" => null,
        "TRUE" or "YES" or "1" => true,
        "FALSE" or "NO" or "0" => false,
        _ => throw Refusal(),
    };

    // The value is not repeated: in a row whose columns slipped it may be the password.
    private static ArgumentTransformationMetadataException Refusal() =>
        new("The value is neither true nor false. Use true, false, yes, no, 1, 0 or nothing.");
}
