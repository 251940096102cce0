using Medatarun.Server.Access;

namespace Medatarun.Server.Tokens;

/// <summary>What a token that was verified says: which credential it proves, and until when.</summary>
internal sealed record ValidatedToken(Credential Credential, DateTimeOffset ExpiresAt);
