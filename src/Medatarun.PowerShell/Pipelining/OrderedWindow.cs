using System.Diagnostics.CodeAnalysis;

namespace Medatarun.PowerShell.Pipelining;

/// <summary>
/// Several pieces of work that go on at once, and are taken out in the order in which they were put in, whichever ends first. For one
/// thread: that of the pipeline, which alone may write to streams.
/// </summary>
/// <typeparam name="TItem">What is known of a piece of work.</typeparam>
/// <typeparam name="TResult">What comes of it.</typeparam>
/// <param name="width">How many go on at once, at most.</param>
internal sealed class OrderedWindow<TItem, TResult>(int width)
{
    private readonly Queue<(TItem Item, Task<TResult> Work)> underWay = new(width);

    /// <summary>Whether there is no room for another one until the oldest is taken out.</summary>
    public bool IsFull => underWay.Count >= width;

    /// <summary>Puts in work that has begun.</summary>
    /// <param name="item">What is known of it.</param>
    /// <param name="work">The work.</param>
    public void Add(TItem item, Task<TResult> work) => underWay.Enqueue((item, work));

    /// <summary>Takes out the oldest.</summary>
    /// <param name="wait">Whether to wait for its end.</param>
    /// <param name="item">What is known of it.</param>
    /// <param name="work">The work, which has ended, well or not.</param>
    /// <returns>False when there is none, or when it goes on and is not waited for.</returns>
    public bool TryTake(bool wait, [MaybeNullWhen(false)] out TItem item, [NotNullWhen(true)] out Task<TResult>? work)
    {
        if (!underWay.TryPeek(out var oldest) || !(wait || oldest.Work.IsCompleted))
        {
            (item, work) = (default, null);
            return false;
        }

        // Unlike Wait, this throws nothing: what became of it is asked of the task.
        Task.WaitAny(oldest.Work);
        (item, work) = underWay.Dequeue();
        return true;
    }
}
