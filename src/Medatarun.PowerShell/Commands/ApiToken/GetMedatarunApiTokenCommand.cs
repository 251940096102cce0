using System.Management.Automation;
using Medatarun.Client;
using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.PowerShell.Objects;

namespace Medatarun.PowerShell.Commands;

/// <summary>Shows API tokens that live. Never their values.</summary>
[Cmdlet(VerbsCommon.Get, "MedatarunApiToken", DefaultParameterSetName = OwnSet)]
[OutputType(typeof(MedatarunApiToken))]
[MedatarunOperation("auth/api_token_list")]
public sealed class GetMedatarunApiTokenCommand : CredentialListCmdlet<ApiTokenInfo>
{
    /// <summary>Only those of these names, which may hold wildcards. Default: all.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Name { get; set; }

    private protected override (IReadOnlyList<ApiTokenInfo> Items, string? Next) Ask(CredentialListRequest request)
    {
        var page = Invoke(TokenOperations.ApiTokenList, request);
        return (page.Items, page.Next);
    }

    private protected override IEnumerable<ApiTokenInfo> Choose(IEnumerable<ApiTokenInfo> items) => Name is { } names ? Named(items, names) : items;

    private protected override object View(ApiTokenInfo item) => new MedatarunApiToken(item);

    private static bool IsPattern(string name) => name.AsSpan().ContainsAny('*', '?');

    private static bool Matches(ApiTokenInfo token, string name) => IsPattern(name)
        ? new WildcardPattern(name, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant).IsMatch(token.Name)
        : name.Equals(token.Name, StringComparison.OrdinalIgnoreCase);

    private IEnumerable<ApiTokenInfo> Named(IEnumerable<ApiTokenInfo> items, string[] names)
    {
        var missing = names.Where(name => !IsPattern(name)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var item in items)
        {
            if (names.Any(name => Matches(item, name)))
            {
                missing.Remove(item.Name);
                yield return item;
            }
        }

        foreach (var name in missing)
        {
            Report(new MedatarunException(ProblemCatalogue.ApiTokenNotFound, $"There is no API token '{name}'."), name);
        }
    }
}
