using System.Text.Json.Serialization;

namespace Medatarun.Contracts.Import;

/// <summary>What became of a row; or, as the last line, of all.</summary>
public sealed record UserImportResult
{
    /// <summary>The user was made.</summary>
    public const string Created = "created";

    /// <summary>The user was there, and was changed.</summary>
    public const string Updated = "updated";

    /// <summary>The user was there, and nothing was changed.</summary>
    public const string Existing = "existing";

    /// <summary>The row was refused; nothing of it was kept.</summary>
    public const string Failed = "failed";

    /// <summary>The number of the row in this call, from 1; null in the last line.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Row { get; init; }

    /// <summary>The username as it was sent, if it was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Username { get; init; }

    /// <summary><c>created</c>, <c>updated</c>, <c>existing</c> or <c>failed</c>; null in the last line.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Status { get; init; }

    /// <summary>The user's id; null for a row that failed, and when nothing was kept.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Id { get; init; }

    /// <summary>The problem's code of a row that failed; in the last line, of what ended the call early.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Code { get; init; }

    /// <summary>The problem in a sentence.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Detail { get; init; }

    /// <summary>What is wrong with each member of a row that failed for its content; null for all others.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Errors { get; init; }

    /// <summary>How many rows were what, in the last line; null in all others.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public UserImportSummary? Summary { get; init; }
}
