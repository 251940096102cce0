namespace Medatarun.Server.Passwords;

/// <summary>What came of verifying a password.</summary>
/// <param name="Matches">Whether it is the right one.</param>
/// <param name="Waited">How long it waited until it was computed.</param>
internal readonly record struct Verification(bool Matches, TimeSpan Waited);
