using System.Management.Automation;
using Medatarun.Contracts.Auth;
using Medatarun.PowerShell.Objects;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Commands;

/// <summary>Deletes service accounts for good. Their names are not given out again.</summary>
[Cmdlet(VerbsCommon.Remove, "MedatarunServiceAccount", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(MedatarunServiceAccount))]
[MedatarunOperation("auth/service_account_delete")]
public sealed class RemoveMedatarunServiceAccountCommand : ChangeCmdlet
{
    /// <summary>Names, ids, or service account or actor objects.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name", "Id", "Subject")]
    [IdentityText("Name", "Subject", "Identity", "Id")]
    [ArgumentCompleter(typeof(ServiceAccountCompleter))]
    public string[] Identity { get; set; } = [];

    private protected override string Action => "Delete service account";

    /// <inheritdoc/>
    protected override void ProcessRecord() => ChangeEach(Identity);

    private protected override object? Change(string identity)
    {
        // Looked up before, since nothing can be shown after.
        var account = PassThru
            ? Invoke(ActorOperations.ServiceAccountList, new()).FirstOrDefault(found => found.Subject == identity || found.Id == identity)
            : null;
        Invoke(ActorOperations.ServiceAccountDelete, new ServiceAccountReference { Name = identity });
        return account is null ? null : new MedatarunServiceAccount(account);
    }
}
