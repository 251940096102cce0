using Medatarun.Server.Operations;

namespace Medatarun.Server.Import;

/// <summary>A row under way: checked, and perhaps waiting for its hash.</summary>
/// <param name="Number">Its number in the call.</param>
/// <param name="Username">The username as it was sent.</param>
internal sealed record PendingRow(int Number, string? Username)
{
    /// <summary>Why the row fails; null while nothing is known against it.</summary>
    public Problem? Problem { get; init; }

    /// <summary>What it says; null for one that fails.</summary>
    public ImportedUser? User { get; init; }

    /// <summary>The hash of its password; null where none is needed.</summary>
    public Task<NewPassword>? Hashing { get; init; }

    /// <summary>Whether it can go to the writer.</summary>
    public bool IsReady => Hashing is null || Hashing.IsCompleted;
}
