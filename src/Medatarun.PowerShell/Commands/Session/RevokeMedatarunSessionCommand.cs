using System.Management.Automation;
using Medatarun.Contracts.Auth;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Commands;

/// <summary>Ends sessions: some by id, or all of somebody.</summary>
[Cmdlet(VerbsSecurity.Revoke, "MedatarunSession", SupportsShouldProcess = true, DefaultParameterSetName = IdentitySet)]
[MedatarunOperation("auth/session_revoke")]
[MedatarunOperation("auth/session_revoke_all")]
public sealed class RevokeMedatarunSessionCommand : ConnectedCmdlet
{
    private const string IdentitySet = "Identity";
    private const string AllSet = "All";

    /// <summary>Ids, or session objects.</summary>
    [Parameter(
        Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        ParameterSetName = IdentitySet)]
    [Alias("Id", "SessionId")]
    [IdentityText("Id", "SessionId", "Identity")]
    public string[] Identity { get; set; } = [];

    /// <summary>
    /// Whose sessions end: usernames, names of service accounts, or user, service account or actor objects. Default: your own, but for
    /// the one that you call with.
    /// </summary>
    [Parameter(ValueFromPipeline = true, ParameterSetName = AllSet)]
    [Alias("UserName")]
    [IdentityText("UserName", "Subject", "Identity", "Name")]
    [ArgumentCompleter(typeof(ActorNameCompleter))]
    public string[]? User { get; set; }

    /// <summary>Ends every session of somebody.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AllSet)]
    public SwitchParameter All { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == IdentitySet)
        {
            EndSome();
        }
        else if (All)
        {
            EndAll();
        }
    }

    private void EndSome()
    {
        foreach (var id in Identity)
        {
            if (ShouldProcess(id, "End session"))
            {
                TryInvoke(id, SessionOperations.SessionRevoke, new SessionReference { Id = id }, out _);
            }
        }
    }

    private void EndAll()
    {
        foreach (var user in User ?? (string?[])[null])
        {
            var (target, action) = user is null ? (Context.ToString(), "End own other sessions") : (user, "End every session");
            if (ShouldProcess(target, action))
            {
                TryInvoke(target, SessionOperations.SessionRevokeAll, new SessionRevokeAllRequest { Username = user }, out _);
            }
        }
    }
}
