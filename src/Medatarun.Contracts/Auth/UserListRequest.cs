using Medatarun.Contracts.Operations;

namespace Medatarun.Contracts.Auth;

/// <summary>Asks for a page of users, ordered by username.</summary>
public sealed record UserListRequest
{
    /// <summary>The default of <see cref="Limit"/>.</summary>
    public const int DefaultLimit = 100;

    /// <summary>The most users one page holds.</summary>
    public const int MaxLimit = 1000;

    /// <summary>How many users the page holds at most: 1 to 1,000. Default: 100.</summary>
    [Member("How many users the page holds at most, 1 to 1000; 100 when left out.")]
    public int? Limit { get; init; }

    /// <summary>The <c>next</c> of the page before. Default: start with the first user.</summary>
    [Member("The 'next' of the page before; the first page when left out.")]
    public string? After { get; init; }

    /// <summary>Only users whose username, full name or e-mail address contains this. Default: all.</summary>
    [Member("Only users whose username, full name or e-mail address contains this text, without regard to case.")]
    public string? Search { get; init; }

    /// <summary>Only disabled (true) or enabled (false) users. Default: both.</summary>
    [Member("Only disabled (true) or only enabled (false) users.")]
    public bool? Disabled { get; init; }

    /// <summary>Only users with this role. Default: any.</summary>
    [Member("Only users with the role of this name.")]
    public string? Role { get; init; }

    /// <summary>Only users in this group. Default: any.</summary>
    [Member("Only users in the group of this name.")]
    public string? Group { get; init; }
}
