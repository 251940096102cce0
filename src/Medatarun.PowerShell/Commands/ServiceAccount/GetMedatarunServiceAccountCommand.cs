using System.Management.Automation;
using Medatarun.Client;
using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.PowerShell.Objects;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Commands;

/// <summary>Shows service accounts: all, or some by name or id.</summary>
[Cmdlet(VerbsCommon.Get, "MedatarunServiceAccount")]
[OutputType(typeof(MedatarunServiceAccount))]
[MedatarunOperation("auth/service_account_list")]
public sealed class GetMedatarunServiceAccountCommand : CatalogueCmdlet<ActorInfo>
{
    /// <summary>Names, ids, or service account or actor objects. A name may hold wildcards. Default: all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name", "Id", "Subject")]
    [IdentityText("Name", "Subject", "Identity", "Id")]
    [ArgumentCompleter(typeof(ServiceAccountCompleter))]
    [SupportsWildcards]
    public string[]? Identity { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Write(Identity);

    private protected override IReadOnlyList<ActorInfo> List() => Invoke(ActorOperations.ServiceAccountList, new());

    private protected override ActorInfo Find(string identity) =>
        List().FirstOrDefault(account => account.Subject == identity || account.Id == identity)
        ?? throw new MedatarunException(ProblemCatalogue.ServiceAccountNotFound, $"There is no service account '{identity}'.");

    private protected override string NameOf(ActorInfo item) => item.Subject;

    private protected override object View(ActorInfo item) => new MedatarunServiceAccount(item);
}
