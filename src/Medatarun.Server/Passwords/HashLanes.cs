using Medatarun.Server.Passwords.Lanes;

namespace Medatarun.Server.Passwords;

#pragma warning disable CA1031 // A fault belongs to the callers that wait for it, not to the thread.

/// <summary>What one hash thread computes at this moment: each job in a lane of its own, from when it came until it is done.</summary>
internal sealed class HashLanes(HashEngine engine)
{
    // About a millisecond: nobody has to wait longer for a lane that is free, and a look at the queue takes a thousandth of it.
    private const int Slice = 1_024;

    private readonly ILaneSet lanes = engine.CreateLanes();
    private readonly HashJob?[] jobs = new HashJob?[LaneKernel.Lanes];

    /// <summary>How many jobs there are.</summary>
    public int Used { get; private set; }

    /// <summary>Whether so many new jobs go into lanes, where there are others already or can be.</summary>
    public bool TakesIntoLanes(int jobs) => Used > 0 || engine.TakesIntoLanes(jobs);

    /// <summary>Takes new jobs in, and goes on with all there are for a slice of time. Those that cannot be computed fail.</summary>
    /// <param name="taken">New jobs, no more than there is room for.</param>
    /// <param name="done">Where those go whose output is there.</param>
    public void Run(List<HashJob> taken, List<HashJob> done)
    {
        var together = TakesIntoLanes(taken.Count);
        foreach (var job in taken)
        {
            try
            {
                if (together && job.FitsLanes)
                {
                    Load(job);
                }
                else
                {
                    HashEngine.ComputeByFramework(job);
                    done.Add(job);
                }
            }
            catch (Exception exception)
            {
                job.Fail(exception);
            }
        }

        if (Used > 0)
        {
            Advance(done);
        }
    }

    private void Load(HashJob job)
    {
        var lane = Array.IndexOf(jobs, null);
        lanes.Load(lane, new LaneInput(job.Password, job.Salt, job.Iterations));
        jobs[lane] = job;
        Used++;
        job.Forget();
    }

    private void Advance(List<HashJob> done)
    {
        try
        {
            lanes.Advance(Slice);
            for (var lane = 0; lane < jobs.Length; lane++)
            {
                if (jobs[lane] is { } job && lanes.IsDone(lane))
                {
                    lanes.Unload(lane, job.Output);
                    Leave(lane);
                    done.Add(job);
                }
            }
        }
        catch (Exception exception)
        {
            FailAll(exception);
        }
    }

    private void FailAll(Exception exception)
    {
        lanes.Clear();
        for (var lane = 0; lane < jobs.Length; lane++)
        {
            if (jobs[lane] is { } job)
            {
                Leave(lane);
                job.Fail(exception);
            }
        }
    }

    private void Leave(int lane)
    {
        jobs[lane] = null;
        Used--;
    }
}
