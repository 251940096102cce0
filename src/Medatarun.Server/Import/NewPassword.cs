namespace Medatarun.Server.Import;

/// <summary>The password of a row, hashed.</summary>
/// <param name="Hash">The stored form.</param>
/// <param name="IsKnown">Whether it is the one that the user has: then nothing changes.</param>
internal sealed record NewPassword(string Hash, bool IsKnown)
{
    /// <summary>Never the hash.</summary>
    public override string ToString() => nameof(NewPassword);
}
