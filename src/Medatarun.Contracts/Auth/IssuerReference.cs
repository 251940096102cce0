using Medatarun.Contracts.Operations;

namespace Medatarun.Contracts.Auth;

/// <summary>Names a trusted issuer.</summary>
public sealed record IssuerReference
{
    /// <summary>What it is called here.</summary>
    [Member("What it is called here.", Required = true)]
    public string? Name { get; init; }
}
