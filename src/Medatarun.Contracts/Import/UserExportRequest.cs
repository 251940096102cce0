using Medatarun.Contracts.Operations;

namespace Medatarun.Contracts.Import;

/// <summary>Asks for a page of users in the form of an import.</summary>
public sealed record UserExportRequest
{
    /// <summary>The most that one page holds, and the default.</summary>
    public const int MaxLimit = 1000;

    /// <summary>How many the page holds at most: 1 to 1,000. Default: 1,000.</summary>
    [Member("How many the page holds at most, 1 to 1000; 1000 when left out.")]
    public int? Limit { get; init; }

    /// <summary>The <c>next</c> of the page before. Default: the first page.</summary>
    [Member("The 'next' of the page before; the first page when left out.")]
    public string? After { get; init; }

    /// <summary>Whether password hashes are in it, which needs the permission <c>hash_export</c>. Default: false.</summary>
    [Member("Whether password hashes are in it, which needs the permission hash_export; false when left out.")]
    public bool? IncludeHashes { get; init; }
}
