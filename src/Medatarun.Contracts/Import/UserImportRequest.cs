using Medatarun.Contracts.Operations;

namespace Medatarun.Contracts.Import;

/// <summary>What is said of all rows of an import.</summary>
public sealed record UserImportRequest
{
    /// <summary>The most rows of one call.</summary>
    public const int MaxRows = 100_000;

    /// <summary>The largest call, in bytes: 64 MiB.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    /// <summary>The longest row, in bytes: 16 KiB.</summary>
    public const int MaxRowBytes = 16 * 1024;

    /// <summary>Leave users who exist as they are.</summary>
    public const string Skip = "skip";

    /// <summary>Change what the row says of users who exist.</summary>
    public const string Update = "update";

    /// <summary>Users who exist make their row fail.</summary>
    public const string Fail = "fail";

    /// <summary>What is done with users who exist: <c>skip</c>, <c>update</c> or <c>fail</c>. Default: <c>skip</c>.</summary>
    [Member("What is done with users who exist: 'skip', 'update' or 'fail'; 'skip' when left out.")]
    public string? IfExists { get; init; }

    /// <summary>Whether everything is only tried: nothing is kept. Default: false.</summary>
    [Member("Whether everything is only tried, and nothing kept; false when left out.")]
    public bool? DryRun { get; init; }
}
