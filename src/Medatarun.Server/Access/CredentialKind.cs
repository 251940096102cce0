namespace Medatarun.Server.Access;

/// <summary>What kinds of credentials there are; see docs/decisions/0008-credentials.md.</summary>
internal enum CredentialKind
{
    /// <summary>Somebody signed in, or an operator made a token for them.</summary>
    Session,

    /// <summary>An API token.</summary>
    ApiToken,

    /// <summary>A token of another issuer. Nothing is stored of it; see docs/decisions/0011-external-identities.md.</summary>
    External,
}
