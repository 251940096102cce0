using System.Management.Automation;
using Medatarun.Contracts.Auth;
using Medatarun.PowerShell.Objects;

namespace Medatarun.PowerShell.Commands;

/// <summary>Deletes trusted issuers with their rules: their tokens are refused from the next request on.</summary>
[Cmdlet(VerbsCommon.Remove, "MedatarunTrustedIssuer", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(MedatarunTrustedIssuer))]
[MedatarunOperation("auth/issuer_delete")]
public sealed class RemoveMedatarunTrustedIssuerCommand : TrustedIssuerChangeCmdlet
{
    private protected override string Action => "Delete trusted issuer and its rules";

    private protected override object? Change(string identity)
    {
        // Looked up before, since nothing can be shown after.
        var result = PassThru ? new MedatarunTrustedIssuer(Find(identity)) : null;
        Invoke(IssuerOperations.IssuerDelete, new IssuerReference { Name = identity });
        return result;
    }
}
