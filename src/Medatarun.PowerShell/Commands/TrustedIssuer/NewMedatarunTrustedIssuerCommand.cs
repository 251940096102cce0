using System.Management.Automation;
using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.PowerShell.Objects;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Commands;

/// <summary>Says that tokens of an issuer are accepted.</summary>
[Cmdlet(VerbsCommon.New, "MedatarunTrustedIssuer", SupportsShouldProcess = true)]
[OutputType(typeof(MedatarunTrustedIssuer))]
[MedatarunOperation("auth/issuer_create")]
public sealed class NewMedatarunTrustedIssuerCommand : CreationCmdlet<IssuerInfo>
{
    /// <summary>What it is called here.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public string Name { get; set; } = string.Empty;

    /// <summary>The <c>iss</c> of its tokens, letter for letter. Default: the authority.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? Issuer { get; set; }

    /// <summary>Where its keys are. Either this or <see cref="Authority"/> is given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Jwks")]
    [AllowNull]
    [AllowEmptyString]
    public string? JwksUri { get; set; }

    /// <summary>Where it is, to find its keys by discovery.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? Authority { get; set; }

    /// <summary>The algorithms that are accepted. Default: RS256.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Algorithms")]
    [AllowNull]
    [AllowEmptyCollection]
    [TextList]
    [ArgumentCompleter(typeof(AlgorithmCompleter))]
    public string[]? Algorithm { get; set; }

    /// <summary>The audiences of which a token must have one. Default: they are not looked at.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Audiences")]
    [AllowNull]
    [AllowEmptyCollection]
    [TextList]
    public string[]? Audience { get; set; }

    /// <summary>Accepts only tokens that a rule fits.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SwitchText]
    public SwitchParameter RuleRequired { get; set; }

    /// <summary>Refuses its tokens for now.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SwitchText]
    public SwitchParameter Disabled { get; set; }

    private protected override string Action => "Trust issuer";

    private protected override string Target => Name;

    private protected override ProblemDefinition Taken => IssuerProblems.IssuerAlreadyExists;

    private protected override IssuerInfo Create() => Invoke(IssuerOperations.IssuerCreate, new IssuerCreateRequest
    {
        Name = Name,
        Issuer = NullIfEmpty(Issuer),
        Jwks = NullIfEmpty(JwksUri),
        Authority = NullIfEmpty(Authority),
        Algorithms = Algorithm is { Length: > 0 } ? Algorithm : null,
        Audiences = Audience is { Length: > 0 } ? Audience : null,
        RuleRequired = RuleRequired ? true : null,
        Disabled = Disabled ? true : null,
    });

    // By list, because the refusal may be about the issuer and not about the name: then nothing of this name is there.
    private protected override IssuerInfo? Find() =>
        Invoke(IssuerOperations.IssuerList, new()).FirstOrDefault(known => known.Name == Name);

    private protected override object View(IssuerInfo item) => new MedatarunTrustedIssuer(item);
}
