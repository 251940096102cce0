using System.Management.Automation;
using Medatarun.Contracts.Auth;
using Medatarun.PowerShell.Objects;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Commands;

/// <summary>Shows trusted issuers: all, or some by name.</summary>
[Cmdlet(VerbsCommon.Get, "MedatarunTrustedIssuer")]
[OutputType(typeof(MedatarunTrustedIssuer))]
[MedatarunOperation("auth/issuer_list")]
[MedatarunOperation("auth/issuer_get")]
public sealed class GetMedatarunTrustedIssuerCommand : CatalogueCmdlet<IssuerInfo>
{
    /// <summary>Names, or objects that have one: trusted issuers, and rules. A name may hold wildcards. Default: all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name", "IssuerName")]
    [IdentityText("IssuerName", "Name", "Identity")]
    [ArgumentCompleter(typeof(TrustedIssuerCompleter))]
    [SupportsWildcards]
    public string[]? Identity { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Write(Identity);

    private protected override IReadOnlyList<IssuerInfo> List() => Invoke(IssuerOperations.IssuerList, new());

    private protected override IssuerInfo Find(string identity) =>
        Invoke(IssuerOperations.IssuerGet, new IssuerReference { Name = identity });

    private protected override string NameOf(IssuerInfo item) => item.Name;

    private protected override object View(IssuerInfo item) => new MedatarunTrustedIssuer(item);
}
