using Medatarun.Contracts.Auth;

namespace Medatarun.PowerShell.Objects;

/// <summary>An issuer whose tokens are accepted. Its properties are named like the parameters of the cmdlets that make and change issuers.</summary>
public sealed class MedatarunTrustedIssuer
{
    internal MedatarunTrustedIssuer(IssuerInfo issuer)
    {
        Name = issuer.Name;
        Issuer = issuer.Issuer;
        JwksUri = issuer.Jwks;
        Authority = issuer.Authority;
        Algorithms = new NameList(issuer.Algorithms);
        Audiences = new NameList(issuer.Audiences);
        RuleRequired = issuer.RuleRequired;
        Disabled = issuer.Disabled;
        Managed = issuer.Managed;
        CreatedAt = issuer.CreatedAt;
        Id = issuer.Id;
    }

    /// <summary>What it is called here.</summary>
    public string Name { get; }

    /// <summary>The <c>iss</c> of its tokens.</summary>
    public string Issuer { get; }

    /// <summary>Where its keys are; null when its authority says so.</summary>
    public string? JwksUri { get; }

    /// <summary>Where it is asked for the address of its keys; null when that was given.</summary>
    public string? Authority { get; }

    /// <summary>The algorithms of its signatures that are accepted.</summary>
    public NameList Algorithms { get; }

    /// <summary>The audiences of which a token must have one; empty when they are not looked at.</summary>
    public NameList Audiences { get; }

    /// <summary>Whether only tokens that a rule fits are accepted.</summary>
    public bool RuleRequired { get; }

    /// <summary>Whether its tokens are refused for now.</summary>
    public bool Disabled { get; }

    /// <summary>Whether it stands in the server's configuration and cannot be changed here.</summary>
    public bool Managed { get; }

    /// <summary>When it was made (UTC).</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>The id (UUID).</summary>
    public string Id { get; }

    /// <summary>What it is called here.</summary>
    public override string ToString() => Name;
}
