namespace Medatarun.Benchmarks;

/// <summary>Why a sign-in fails.</summary>
/// <param name="Name">For the report.</param>
/// <param name="Prefix">How names of this kind begin.</param>
/// <param name="Password">What is tried.</param>
internal sealed record FailedSignInKind(string Name, string Prefix, string Password)
{
    public bool Exists { get; init; } = true;

    public bool Disabled { get; init; }

    public bool Locked { get; init; }
}
