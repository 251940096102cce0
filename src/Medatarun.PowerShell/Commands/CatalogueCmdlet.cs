using System.Management.Automation;
using Medatarun.Client;

namespace Medatarun.PowerShell.Commands;

/// <summary>What the cmdlets share that show things of which the server has a whole list: all, those that match, or some by name.</summary>
/// <typeparam name="TItem">What the server answers.</typeparam>
public abstract class CatalogueCmdlet<TItem> : ConnectedCmdlet
    where TItem : class
{
    /// <summary>Asks for everything.</summary>
    /// <exception cref="MedatarunException">It failed.</exception>
    private protected abstract IReadOnlyList<TItem> List();

    /// <summary>Asks for one thing.</summary>
    /// <param name="identity">A name without wildcards, or an id.</param>
    /// <exception cref="MedatarunException">It failed, or there is none.</exception>
    private protected abstract TItem Find(string identity);

    /// <summary>What wildcards are compared with.</summary>
    private protected abstract string NameOf(TItem item);

    /// <summary>What is written.</summary>
    private protected abstract object View(TItem item);

    /// <summary>Writes what is asked for; what is not there is reported, and the others are written.</summary>
    /// <param name="identities">Names, which may hold wildcards, or ids; null for everything.</param>
    private protected void Write(string[]? identities)
    {
        foreach (var identity in identities ?? (string?[])[null])
        {
            try
            {
                foreach (var item in Matching(identity))
                {
                    WriteObject(View(item));
                }
            }
            catch (MedatarunException exception)
            {
                Report(exception, identity);
            }
        }
    }

    private IEnumerable<TItem> Matching(string? identity)
    {
        if (identity is null)
        {
            return List();
        }

        if (!identity.AsSpan().ContainsAny('*', '?'))
        {
            return [Find(identity)];
        }

        var pattern = new WildcardPattern(identity, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
        return List().Where(item => pattern.IsMatch(NameOf(item)));
    }
}
