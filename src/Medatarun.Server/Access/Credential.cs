namespace Medatarun.Server.Access;

/// <summary>What proved who calls: a stored session or API token by its id, or a token of another issuer by its fingerprint.</summary>
internal readonly record struct Credential(CredentialKind Kind, Guid Id)
{
    public static Credential Session(Guid id) => new(CredentialKind.Session, id);

    public static Credential ApiToken(Guid id) => new(CredentialKind.ApiToken, id);

    public static Credential External(Guid fingerprint) => new(CredentialKind.External, fingerprint);
}
