namespace Medatarun.HelpBuilder.Surface;

/// <summary>A cmdlet as its attributes declare it.</summary>
internal sealed record CmdletSurface(
    string Verb,
    string Noun,
    string? DefaultSet,
    bool SupportsShouldProcess,
    IReadOnlyList<string> OutputTypes,
    IReadOnlyList<ParameterSurface> Parameters)
{
    public string Name => $"{Verb}-{Noun}";

    /// <summary>The parameter sets, the default one first; one unnamed set when the parameters name none.</summary>
    public IReadOnlyList<string> Sets
    {
        get
        {
            var named = Parameters.SelectMany(parameter => parameter.Bindings).Select(binding => binding.Set)
                .Where(set => set != ParameterBinding.AllSets).Distinct().ToList();
            return named.Count == 0 ? [ParameterBinding.AllSets] : [.. named.OrderBy(set => set == DefaultSet ? 0 : 1)];
        }
    }
}
