using System.Management.Automation;
using Medatarun.Contracts.Auth;
using Medatarun.PowerShell.Objects;

namespace Medatarun.PowerShell.Commands;

/// <summary>Deletes rules: what they gave is gone from the next request on.</summary>
[Cmdlet(VerbsCommon.Remove, "MedatarunTrustedIssuerRule", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(MedatarunTrustedIssuerRule))]
[MedatarunOperation("auth/issuer_rule_delete")]
public sealed class RemoveMedatarunTrustedIssuerRuleCommand : TrustedIssuerRuleChangeCmdlet
{
    private protected override string Action => $"Delete rule of {IssuerName}";

    private protected override object? Change(string identity)
    {
        // Looked up before, since nothing can be shown after.
        var rule = PassThru
            ? Invoke(IssuerOperations.IssuerRuleList, new IssuerRuleListRequest { IssuerName = IssuerName })
                .FirstOrDefault(found => found.Name == identity)
            : null;
        Invoke(IssuerOperations.IssuerRuleDelete, new IssuerRuleReference { IssuerName = IssuerName, Name = identity });
        return rule is null ? null : new MedatarunTrustedIssuerRule(rule);
    }
}
