using Medatarun.Server.Passwords.Lanes;

namespace Medatarun.Server.Tests.Passwords;

/// <summary>The lanes, with something that a test does on the way.</summary>
internal sealed class ChangedLanes : ILaneSet
{
    private readonly LaneSet lanes = new();

    /// <summary>What is loaded instead of what came.</summary>
    public Func<int, LaneInput, LaneInput> OnLoad { get; set; } = (_, input) => input;

    /// <summary>What happens before each slice.</summary>
    public Action<int> OnAdvance { get; set; } = _ => { };

    /// <summary>What happens to what was derived.</summary>
    public Action<int, byte[]> OnUnload { get; set; } = (_, _) => { };

    /// <summary>How many lanes are used.</summary>
    public int Used { get; private set; }

    /// <summary>Whether somebody in them is on their way.</summary>
    public bool Advanced { get; private set; }

    public void Load(int lane, in LaneInput input)
    {
        lanes.Load(lane, OnLoad(lane, input));
        Used++;
    }

    public void Advance(int iterations)
    {
        OnAdvance(iterations);
        lanes.Advance(iterations);
        Advanced = Used > 0 && iterations > 0;
    }

    public bool IsDone(int lane) => lanes.IsDone(lane);

    public void Unload(int lane, Span<byte> output)
    {
        var derived = new byte[output.Length];
        lanes.Unload(lane, derived);
        OnUnload(lane, derived);
        derived.CopyTo(output);
        Used--;
    }

    public void Clear()
    {
        lanes.Clear();
        Used = 0;
    }
}
