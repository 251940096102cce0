using System.Management.Automation;
using Medatarun.Contracts.Auth;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Commands;

/// <summary>Revokes API tokens: they are refused from the next request on. A revoked one stays revoked.</summary>
[Cmdlet(VerbsSecurity.Revoke, "MedatarunApiToken", SupportsShouldProcess = true)]
[MedatarunOperation("auth/api_token_revoke")]
public sealed class RevokeMedatarunApiTokenCommand : ConnectedCmdlet
{
    /// <summary>Ids, or API token objects.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [IdentityText("Id", "Identity")]
    public string[] Identity { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var id in Identity)
        {
            if (ShouldProcess(id, "Revoke API token"))
            {
                TryInvoke(id, TokenOperations.ApiTokenRevoke, new ApiTokenReference { Id = id }, out _);
            }
        }
    }
}
