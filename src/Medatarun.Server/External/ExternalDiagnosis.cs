using Medatarun.Contracts.Auth;
using Medatarun.Server.Operations;

namespace Medatarun.Server.External;

/// <summary>Why a token is accepted or refused.</summary>
/// <param name="Issuer">The trusted issuer; null when none fits.</param>
/// <param name="Outcome">What its sender would get.</param>
/// <param name="Checks">What was looked at, up to the first that was not as it must be.</param>
internal sealed record ExternalDiagnosis(TrustedIssuer? Issuer, Outcome<ExternalToken> Outcome, IReadOnlyList<IssuerTestCheck> Checks);
