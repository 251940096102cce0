namespace Medatarun.Server.Passwords.Lanes;

/// <summary>What goes into one lane.</summary>
/// <param name="password">The password's bytes, 0 or more. The caller clears them.</param>
/// <param name="salt">The salt's bytes, 0 or more.</param>
/// <param name="iterations">The iteration count, at least 1.</param>
internal readonly struct LaneInput(ReadOnlyMemory<byte> password, ReadOnlyMemory<byte> salt, int iterations)
{
    public ReadOnlyMemory<byte> Password { get; } = password;

    public ReadOnlyMemory<byte> Salt { get; } = salt;

    public int Iterations { get; } = iterations;
}
