using System.Management.Automation;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Commands;

/// <summary>What the cmdlets share that change or remove rules.</summary>
public abstract class TrustedIssuerRuleChangeCmdlet : ChangeCmdlet
{
    /// <summary>The trusted issuer whose rules they are.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [IssuerNameText]
    [ArgumentCompleter(typeof(TrustedIssuerCompleter))]
    public string IssuerName { get; set; } = string.Empty;

    /// <summary>What the rules are called.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord() => ChangeEach(Name);
}
