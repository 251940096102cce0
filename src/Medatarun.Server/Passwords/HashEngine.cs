using System.Security.Cryptography;
using Medatarun.Server.Passwords.Lanes;

namespace Medatarun.Server.Passwords;

/// <summary>
/// What computes hashes: the framework one after the other, or the lanes of wide vectors side by side, once these have proved to
/// give the framework's bytes on this processor. See docs/decisions/0010-lanes.md.
/// </summary>
internal sealed class HashEngine(Func<ILaneSet> lanes)
{
    private const int Never = int.MaxValue;
    private volatile int breakEven = Never;

    /// <summary>How many jobs a thread can have at once: 1 until the lanes have proved themselves.</summary>
    public int Width => breakEven == Never ? 1 : LaneKernel.Lanes;

    /// <summary>Whether so many jobs that come to an idle thread go into lanes, where others can join them.</summary>
    public bool TakesIntoLanes(int jobs) => jobs >= breakEven;

    /// <summary>From now on, jobs go into lanes when at least so many of them come to an idle thread together.</summary>
    public void UseLanes(int breakEven) => this.breakEven = breakEven;

    /// <summary>Lanes of its own for a thread.</summary>
    public ILaneSet CreateLanes() => lanes();

    /// <summary>Computes a job the framework's way, of whatever algorithm it is.</summary>
    public static void ComputeByFramework(HashJob job) =>
        Rfc2898DeriveBytes.Pbkdf2(job.Password, job.Salt, job.Output, job.Iterations, job.Algorithm);
}
