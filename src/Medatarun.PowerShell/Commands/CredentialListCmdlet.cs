using System.Management.Automation;
using Medatarun.Client;
using Medatarun.Contracts.Auth;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Commands;

/// <summary>What the cmdlets share that show sessions and API tokens: one's own, somebody's, or everybody's.</summary>
/// <typeparam name="TItem">What the server answers.</typeparam>
public abstract class CredentialListCmdlet<TItem> : ConnectedCmdlet
    where TItem : class
{
    /// <summary>The parameter set of one's own.</summary>
    private protected const string OwnSet = "Own";

    private const string UserSet = "User";
    private const string AllSet = "All";

    /// <summary>Whose: usernames, names of service accounts, or user, service account or actor objects. Default: your own.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = UserSet)]
    [Alias("UserName", "Identity")]
    [IdentityText("UserName", "Subject", "Identity", "Name")]
    [ArgumentCompleter(typeof(ActorNameCompleter))]
    public string[] User { get; set; } = [];

    /// <summary>Everybody's.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AllSet)]
    public SwitchParameter All { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName != UserSet)
        {
            Write(new CredentialListRequest { All = All ? true : null }, target: null);
            return;
        }

        foreach (var user in User)
        {
            Write(new CredentialListRequest { Username = user }, user);
        }
    }

    /// <summary>Asks for a page.</summary>
    /// <exception cref="MedatarunException">It failed.</exception>
    private protected abstract (IReadOnlyList<TItem> Items, string? Next) Ask(CredentialListRequest request);

    /// <summary>Those that are to be shown, as far as they are asked for.</summary>
    private protected virtual IEnumerable<TItem> Choose(IEnumerable<TItem> items) => items;

    /// <summary>What is written.</summary>
    private protected abstract object View(TItem item);

    private void Write(CredentialListRequest request, string? target)
    {
        try
        {
            // One at a time: Select-Object -First ends the loop here, before the next page is asked for.
            foreach (var item in Choose(Paging.Read((limit, after) => Ask(request with { Limit = limit, After = after }))))
            {
                WriteObject(View(item));
            }
        }
        catch (MedatarunException exception)
        {
            Report(exception, target);
        }
    }
}
