using System.Management.Automation;
using Medatarun.Contracts.Auth;
using Medatarun.PowerShell.Objects;

namespace Medatarun.PowerShell.Commands;

/// <summary>Shows sessions that live: where somebody is signed in.</summary>
[Cmdlet(VerbsCommon.Get, "MedatarunSession", DefaultParameterSetName = OwnSet)]
[OutputType(typeof(MedatarunSession))]
[MedatarunOperation("auth/session_list")]
public sealed class GetMedatarunSessionCommand : CredentialListCmdlet<SessionInfo>
{
    private protected override (IReadOnlyList<SessionInfo> Items, string? Next) Ask(CredentialListRequest request)
    {
        var page = Invoke(SessionOperations.SessionList, request);
        return (page.Items, page.Next);
    }

    private protected override object View(SessionInfo item) => new MedatarunSession(item);
}
