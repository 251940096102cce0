namespace Medatarun.Server.Tokens;

/// <summary>A token as it was sent, and what stands for it in memory.</summary>
internal sealed class BearerToken(string value)
{
    /// <summary>The token.</summary>
    public string Value { get; } = value;

    /// <summary>Its fingerprint.</summary>
    public TokenFingerprint Fingerprint { get; } = TokenFingerprint.Of(value);

    /// <summary>Never the token.</summary>
    public override string ToString() => Contracts.Secret.Redacted;
}
