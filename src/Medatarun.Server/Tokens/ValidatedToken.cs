namespace Medatarun.Server.Tokens;

/// <summary>What a token that was verified says.</summary>
internal sealed record ValidatedToken(Guid SessionId, DateTimeOffset ExpiresAt);
