using System.Management.Automation;
using Medatarun.Client;
using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.PowerShell.Objects;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Commands;

/// <summary>Shows the identities that may act on the server: all, or some by id or subject.</summary>
[Cmdlet(VerbsCommon.Get, "MedatarunActor", DefaultParameterSetName = ListSet)]
[OutputType(typeof(MedatarunActor))]
[MedatarunOperation("auth/actor_list")]
[MedatarunOperation("auth/actor_get")]
public sealed class GetMedatarunActorCommand : ConnectedCmdlet
{
    private const string ListSet = "List";
    private const string IdentitySet = "Identity";

    /// <summary>Ids, subjects (a local user's is the username), or actor, user or service account objects. A subject may hold wildcards.</summary>
    [Parameter(
        Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        ParameterSetName = IdentitySet)]
    [Alias("Name", "UserName", "Id", "ActorId", "Subject")]
    [IdentityText("Id", "ActorId", "Subject", "UserName", "Identity", "Name")]
    [ArgumentCompleter(typeof(ActorNameCompleter))]
    [SupportsWildcards]
    public string[] Identity { get; set; } = [];

    /// <summary>Only whoever holds the permission <c>admin</c> (<c>Operator</c>), or only everyone else (<c>User</c>). Default: both.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateSet(MedatarunTypes.User, MedatarunTypes.Operator)]
    public string? Type { get; set; }

    /// <summary>Only users (<c>user</c>), service accounts (<c>service</c>) or the server itself (<c>system</c>). Default: all.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateSet("user", "service", "system")]
    public string? Kind { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == ListSet)
        {
            WriteWhere(target: null, actor => Is(actor.Type, Type) && Is(actor.Kind, Kind));
            return;
        }

        foreach (var identity in Identity)
        {
            WriteByIdentity(identity);
        }
    }

    private static bool Is(string value, string? wanted) =>
        wanted is null || value.Equals(wanted, StringComparison.OrdinalIgnoreCase);

    private void WriteByIdentity(string identity)
    {
        if (!Guid.TryParseExact(identity, "D", out _))
        {
            WriteBySubject(identity);
        }
        else if (TryInvoke(identity, ActorOperations.ActorGet, new ActorReference { ActorId = identity }, out var actor))
        {
            WriteObject(new MedatarunActor(actor));
        }
    }

    // The server finds actors by id alone.
    private void WriteBySubject(string subject)
    {
        if (subject.AsSpan().ContainsAny('*', '?'))
        {
            var pattern = new WildcardPattern(subject, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
            WriteWhere(subject, actor => pattern.IsMatch(actor.Subject));
        }
        else if (WriteWhere(subject, actor => actor.Subject == subject) == 0)
        {
            Report(new MedatarunException(ProblemCatalogue.ActorNotFound), subject);
        }
    }

    private int? WriteWhere(string? target, Func<ActorInfo, bool> matches)
    {
        if (!TryInvoke(target, ActorOperations.ActorList, new(), out var actors))
        {
            return null;
        }

        var written = 0;
        foreach (var actor in actors.Where(matches))
        {
            WriteObject(new MedatarunActor(actor));
            written++;
        }

        return written;
    }
}
