using Medatarun.Contracts.Operations;

namespace Medatarun.Contracts.Auth;

/// <summary>Asks for a page of sessions or API tokens: one's own, somebody's, or everybody's.</summary>
public sealed record CredentialListRequest
{
    /// <summary>The default of <see cref="Limit"/>.</summary>
    public const int DefaultLimit = 100;

    /// <summary>The most that one page holds.</summary>
    public const int MaxLimit = 1000;

    /// <summary>Whose. Default: the caller's own. Another's needs the permission <c>token_manage</c>.</summary>
    [Member("The username or service account whose they are; your own when left out.")]
    public string? Username { get; init; }

    /// <summary>Everybody's, which needs the permission <c>token_manage</c>. Default: false.</summary>
    [Member("Everybody's, instead of one user's.")]
    public bool? All { get; init; }

    /// <summary>How many the page holds at most: 1 to 1,000. Default: 100.</summary>
    [Member("How many the page holds at most, 1 to 1000; 100 when left out.")]
    public int? Limit { get; init; }

    /// <summary>The <c>next</c> of the page before. Default: start with the oldest.</summary>
    [Member("The 'next' of the page before; the first page when left out.")]
    public string? After { get; init; }
}
