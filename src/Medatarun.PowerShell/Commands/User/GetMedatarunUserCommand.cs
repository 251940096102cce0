using System.Management.Automation;
using Medatarun.Client;
using Medatarun.Contracts.Auth;
using Medatarun.PowerShell.Objects;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Commands;

/// <summary>Shows users: all or those that match, some by name or id, or the one who is signed in.</summary>
[Cmdlet(VerbsCommon.Get, "MedatarunUser", DefaultParameterSetName = ListSet)]
[OutputType(typeof(MedatarunUser), ParameterSetName = [ListSet, IdentitySet])]
[OutputType(typeof(MedatarunCurrentUser), ParameterSetName = [CurrentSet])]
[MedatarunOperation("auth/user_list")]
[MedatarunOperation("auth/user_get")]
[MedatarunOperation("auth/whoami")]
public sealed class GetMedatarunUserCommand : UserCmdlet
{
    private const string ListSet = "List";
    private const string IdentitySet = "Identity";
    private const string CurrentSet = "Current";

    /// <summary>Usernames, ids, or user objects. A name may hold wildcards.</summary>
    [Parameter(
        Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        ParameterSetName = IdentitySet)]
    [Alias("Name", "UserName", "Id")]
    [IdentityText("UserName", "Identity", "Name", "Id")]
    [ArgumentCompleter(typeof(UserNameCompleter))]
    [SupportsWildcards]
    public string[] Identity { get; set; } = [];

    /// <summary>Only users whose username, full name or e-mail address contains this.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateNotNullOrEmpty]
    public string? Search { get; set; }

    /// <summary>Only disabled users; with <c>-Disabled:$false</c> only enabled ones. Default: both.</summary>
    [Parameter(ParameterSetName = ListSet)]
    public SwitchParameter Disabled { get; set; }

    /// <summary>Only users with this role.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RoleCompleter))]
    public string? Role { get; set; }

    /// <summary>Only users in this group.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GroupCompleter))]
    public string? Group { get; set; }

    /// <summary>Only administrators (<c>Operator</c>), or only everyone else (<c>User</c>). Default: both.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateSet(MedatarunTypes.User, MedatarunTypes.Operator)]
    public string? Type { get; set; }

    /// <summary>The user who is signed in, with their permissions.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CurrentSet)]
    public SwitchParameter Current { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case IdentitySet:
                foreach (var identity in Identity)
                {
                    WriteByIdentity(identity);
                }

                break;
            case CurrentSet when Current:
                WriteCurrent();
                break;
            default:
                WriteMatching(Filter(), IsOfType);
                break;
        }
    }

    private void WriteCurrent()
    {
        if (TryInvoke(target: null, AuthOperations.WhoAmI, new(), out var who))
        {
            WriteObject(new MedatarunCurrentUser(who));
        }
    }

    private void WriteByIdentity(string identity)
    {
        // No username holds '*' or '?'. A '[' alone is no pattern, and no username either: the server says so.
        if (identity.AsSpan().ContainsAny('*', '?'))
        {
            var pattern = new WildcardPattern(identity, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
            WriteMatching(new UserListRequest(), user => pattern.IsMatch(user.Username));
        }
        else
        {
            WriteUser(identity);
        }
    }

    private UserListRequest Filter() => new()
    {
        Search = Search,
        Disabled = IsBound(nameof(Disabled)) ? Disabled.IsPresent : null,
        Role = Role,
        Group = Group,
    };

    private bool IsOfType(UserInfo user) =>
        Type is null || user.Admin == Type.Equals(MedatarunTypes.Operator, StringComparison.OrdinalIgnoreCase);

    private void WriteMatching(UserListRequest request, Func<UserInfo, bool> matches)
    {
        try
        {
            // One at a time: Select-Object -First ends the loop here, before the next page is asked for.
            foreach (var user in Paging.Read((limit, after) => Ask(request with { Limit = limit, After = after })).Where(matches))
            {
                WriteObject(new MedatarunUser(user));
            }
        }
        catch (MedatarunException exception)
        {
            Report(exception, Search);
        }
    }

    private (IReadOnlyList<UserInfo> Items, string? Next) Ask(UserListRequest request)
    {
        var page = Invoke(AuthOperations.UserList, request);
        return (page.Items, page.Next);
    }
}
