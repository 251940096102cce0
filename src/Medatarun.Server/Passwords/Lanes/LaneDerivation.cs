namespace Medatarun.Server.Passwords.Lanes;

/// <summary>What <see cref="LaneKernel.Derive(ReadOnlySpan{LaneInput}, int, Span{byte})"/> does, whoever does it.</summary>
internal delegate void LaneDerivation(ReadOnlySpan<LaneInput> inputs, int iterations, Span<byte> output);
