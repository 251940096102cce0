using System.Management.Automation;
using Medatarun.Client;
using Medatarun.Contracts.Auth;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Commands;

/// <summary>What the cmdlets share that change or remove trusted issuers.</summary>
public abstract class TrustedIssuerChangeCmdlet : ChangeCmdlet
{
    /// <summary>Names, or trusted issuer objects.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name", "IssuerName")]
    [IdentityText("IssuerName", "Name", "Identity")]
    [ArgumentCompleter(typeof(TrustedIssuerCompleter))]
    public string[] Identity { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord() => ChangeEach(Identity);

    /// <summary>The issuer as it is now.</summary>
    /// <param name="name">What it is called.</param>
    /// <exception cref="MedatarunException">It failed, or there is none.</exception>
    private protected IssuerInfo Find(string name) => Invoke(IssuerOperations.IssuerGet, new IssuerReference { Name = name });
}
