using Medatarun.Contracts.Operations;

namespace Medatarun.Contracts.Auth;

/// <summary>Names the token that an operation is about, by its value.</summary>
public sealed record TokenReference
{
    /// <summary>The token.</summary>
    [Member("The token.", Required = true)]
    public Secret? Token { get; init; }
}
