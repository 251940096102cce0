namespace Medatarun.Server.Passwords.Lanes;

/// <summary>
/// PBKDF2-HMAC-SHA512 (RFC 8018 §5.2) for up to <see cref="LaneKernel.Lanes"/> passwords side by side. Between any two iterations a
/// derivation can begin in a lane that is free, and one that is done can leave; the others do not notice. For one thread at a time.
/// </summary>
internal interface ILaneSet
{
    /// <summary>Begins a derivation in a lane that is free. When this throws, the lane is free still and the others are as they were.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The iteration count is below 1.</exception>
    /// <exception cref="InvalidOperationException">The lane is in use.</exception>
    void Load(int lane, in LaneInput input);

    /// <summary>Goes on in all lanes, by so many iterations or until the first of them is done.</summary>
    void Advance(int iterations);

    /// <summary>Whether the derivation in this lane has come to its end.</summary>
    bool IsDone(int lane);

    /// <summary>Writes what was derived in a lane that is done, leaves nothing of it in memory, and frees the lane.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="output"><see cref="LaneKernel.HashBytes"/>.</param>
    /// <exception cref="InvalidOperationException">The lane is not done.</exception>
    void Unload(int lane, Span<byte> output);

    /// <summary>Gives everything up. Nothing of it stays in memory, and all lanes are free.</summary>
    void Clear();
}
