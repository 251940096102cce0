using System.Security.Cryptography;
using Medatarun.Server.Passwords.Lanes;

namespace Medatarun.Server.Passwords;

/// <summary>
/// Computes hashes: one by the framework, several of one strength together in the lanes of wide vectors, once these have proved to
/// give the framework's bytes on this processor. See docs/decisions/0010-lanes.md.
/// </summary>
internal sealed class HashEngine(LaneDerivation lanes)
{
    private volatile bool usesLanes;

    /// <summary>What computes several together, and has to prove itself before.</summary>
    public LaneDerivation Lanes { get; } = lanes;

    /// <summary>How many jobs are worth taking together: 1 until the lanes have proved themselves.</summary>
    public int Width => usesLanes ? LaneKernel.Lanes : 1;

    /// <summary>From now on, several are computed together.</summary>
    public void UseLanes() => usesLanes = true;

    /// <summary>Computes jobs of one iteration count, at most <see cref="LaneKernel.Lanes"/>.</summary>
    public void Compute(ReadOnlySpan<HashJob> jobs)
    {
        if (usesLanes && jobs.Length >= LaneKernel.BreakEven)
        {
            ComputeTogether(jobs);
            return;
        }

        foreach (var job in jobs)
        {
            Rfc2898DeriveBytes.Pbkdf2(job.Password, job.Salt, job.Output, job.Iterations, HashAlgorithmName.SHA512);
        }
    }

    private void ComputeTogether(ReadOnlySpan<HashJob> jobs)
    {
        Span<byte> output = stackalloc byte[LaneKernel.Lanes * LaneKernel.HashBytes];
        output = output[..(jobs.Length * LaneKernel.HashBytes)];
        var inputs = new LaneInput[jobs.Length];
        for (var lane = 0; lane < jobs.Length; lane++)
        {
            inputs[lane] = new LaneInput(jobs[lane].Password, jobs[lane].Salt);
        }

        Lanes(inputs, jobs[0].Iterations, output);
        for (var lane = 0; lane < jobs.Length; lane++)
        {
            output.Slice(lane * LaneKernel.HashBytes, LaneKernel.HashBytes).CopyTo(jobs[lane].Output);
        }

        CryptographicOperations.ZeroMemory(output);
    }
}
