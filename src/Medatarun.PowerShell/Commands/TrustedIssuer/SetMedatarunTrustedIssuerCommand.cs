using System.Management.Automation;
using Medatarun.Contracts.Auth;
using Medatarun.PowerShell.Objects;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Commands;

/// <summary>Changes what is given of trusted issuers; what is left out stays.</summary>
[Cmdlet(VerbsCommon.Set, "MedatarunTrustedIssuer", SupportsShouldProcess = true)]
[OutputType(typeof(MedatarunTrustedIssuer))]
[MedatarunOperation("auth/issuer_update")]
public sealed class SetMedatarunTrustedIssuerCommand : TrustedIssuerChangeCmdlet
{
    /// <summary>Where its keys are; takes the place of an authority.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Jwks")]
    [AllowNull]
    [AllowEmptyString]
    public string? JwksUri { get; set; }

    /// <summary>Where it is, to find its keys by discovery; takes the place of the address of keys.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? Authority { get; set; }

    /// <summary>The algorithms that are accepted; nothing or an empty text is RS256 again.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Algorithms")]
    [AllowNull]
    [AllowEmptyCollection]
    [TextList]
    [ArgumentCompleter(typeof(AlgorithmCompleter))]
    public string[]? Algorithm { get; set; }

    /// <summary>The audiences of which a token must have one; nothing or an empty text: they are not looked at.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Audiences")]
    [AllowNull]
    [AllowEmptyCollection]
    [TextList]
    public string[]? Audience { get; set; }

    /// <summary>Whether only tokens that a rule fits are accepted.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TruthText]
    public bool? RuleRequired { get; set; }

    /// <summary>Whether its tokens are refused for now.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TruthText]
    public bool? Disabled { get; set; }

    private protected override string Action => "Change trusted issuer";

    private protected override object? Change(string identity)
    {
        // Only what differs is sent: of an issuer of the configuration, a round trip would otherwise name what cannot be changed.
        var issuer = Find(identity);
        var changes = new IssuerUpdateRequest
        {
            Name = issuer.Name,
            // An empty column of a file names no other place, since there must be one.
            Jwks = Differs(JwksUri, issuer.Jwks) ? JwksUri : null,
            Authority = Differs(Authority, issuer.Authority) ? Authority : null,
            Algorithms = Differs(nameof(Algorithm), Algorithm, issuer.Algorithms),
            Audiences = Differs(nameof(Audience), Audience, issuer.Audiences),
            RuleRequired = RuleRequired == issuer.RuleRequired ? null : RuleRequired,
            Disabled = Disabled == issuer.Disabled ? null : Disabled,
        };
        if (changes != new IssuerUpdateRequest { Name = issuer.Name })
        {
            issuer = Invoke(IssuerOperations.IssuerUpdate, changes);
        }

        return PassThru ? new MedatarunTrustedIssuer(issuer) : null;
    }

    private static bool Differs(string? wanted, string? current) => !string.IsNullOrEmpty(wanted) && wanted != current;

    private string[]? Differs(string parameter, string[]? wanted, IReadOnlyList<string> current) =>
        IsBound(parameter) && !(wanted ?? []).SequenceEqual(current) ? wanted ?? [] : null;
}
