using Medatarun.Server.Access;
using Medatarun.Server.External;

namespace Medatarun.Server.Tokens;

/// <summary>What a token that was verified says: which credential it proves, and until when.</summary>
/// <param name="Credential">The credential.</param>
/// <param name="ExpiresAt">Its end.</param>
/// <param name="External">What it says, when it is of another issuer; null when it is ours.</param>
internal sealed record ValidatedToken(Credential Credential, DateTimeOffset ExpiresAt, ExternalToken? External = null)
{
    /// <summary>
    /// From when on it must be verified again. Default: never. Another issuer may withdraw a key, and whoever stole it chooses the end of
    /// the tokens that they make with it.
    /// </summary>
    public DateTimeOffset VerifyAgainAt { get; init; } = DateTimeOffset.MaxValue;
}
