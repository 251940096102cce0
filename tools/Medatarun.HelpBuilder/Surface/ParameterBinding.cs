namespace Medatarun.HelpBuilder.Surface;

/// <summary>How a parameter is bound in one parameter set.</summary>
internal sealed record ParameterBinding(string Set, int? Position, bool Mandatory, bool ByValue, bool ByPropertyName, bool FromRemaining)
{
    public const string AllSets = "__AllParameterSets";

    public string PipelineInput => (ByValue, ByPropertyName) switch
    {
        (true, true) => "True (ByValue, ByPropertyName)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "False",
    };
}
