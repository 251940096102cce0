namespace Medatarun.Server.External;

/// <summary>What a token of a trusted issuer says, once it was verified.</summary>
internal sealed record ExternalToken
{
    /// <summary>The issuer as it was when the token was verified.</summary>
    public required TrustedIssuer Issuer { get; init; }

    public required string Subject { get; init; }

    /// <summary>The payload, a JSON object in UTF-8: for rules, and for name and e-mail address.</summary>
    public required ReadOnlyMemory<byte> Claims { get; init; }

    /// <summary>When it ends; the allowance for clocks is in it.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
