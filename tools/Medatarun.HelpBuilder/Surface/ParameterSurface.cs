namespace Medatarun.HelpBuilder.Surface;

/// <summary>A parameter as its attributes declare it.</summary>
internal sealed record ParameterSurface(
    string Name,
    string TypeName,
    bool IsSwitch,
    bool TakesWildcards,
    IReadOnlyList<string> Aliases,
    IReadOnlyList<string> AllowedValues,
    IReadOnlyList<ParameterBinding> Bindings)
{
    public ParameterBinding? InSet(string set) =>
        Bindings.FirstOrDefault(binding => binding.Set == set)
        ?? Bindings.FirstOrDefault(binding => binding.Set == ParameterBinding.AllSets);
}
