namespace Medatarun.Server.Tests.Support;

/// <summary>A hundred callers that call one operation with one token, without a pause, until they are told to stop.</summary>
internal sealed class Hammer
{
    private const int Callers = 100;

    private readonly Task[] callers;
    private readonly List<string> answersAfter = [];
    private readonly Lock gate = new();
    private int accepted;
    private int changed;
    private int stopped;

    public Hammer(TestCaller caller, string operation, object request) =>
        callers = [.. Enumerable.Range(0, Callers).Select(_ => Task.Run(() => CallAsync(caller, operation, request)))];

    /// <summary>Completes once so many calls were accepted.</summary>
    public Task AcceptedAsync(int count) => UntilAsync(() => Volatile.Read(ref accepted) >= count);

    /// <summary>Says that the change has been acknowledged: from now on no call may be accepted.</summary>
    public void Changed() => Volatile.Write(ref changed, 1);

    /// <summary>Completes once so many calls were begun and answered after the change, all of them with this refusal.</summary>
    public async Task<int> RefusedAsync(int count, string code)
    {
        await UntilAsync(() =>
        {
            lock (gate)
            {
                return answersAfter.Count >= count;
            }
        });
        Volatile.Write(ref stopped, 1);
        await Task.WhenAll(callers);
        Assert.All(answersAfter, answer => Assert.Equal(code, answer));
        return answersAfter.Count;
    }

    private async Task CallAsync(TestCaller caller, string operation, object request)
    {
        while (Volatile.Read(ref stopped) == 0)
        {
            // Read before the call is sent: what begins after the acknowledgement must be refused.
            var begunAfter = Volatile.Read(ref changed) == 1;
            var answer = await caller.CallAsync(operation, request);
            if (begunAfter)
            {
                lock (gate)
                {
                    answersAfter.Add(answer.Code ?? "accepted");
                }
            }
            else if (answer.Status == 200)
            {
                Interlocked.Increment(ref accepted);
            }
        }
    }

    private async Task UntilAsync(Func<bool> reached)
    {
        while (!reached() && !callers.Any(caller => caller.IsFaulted))
        {
            await Task.Delay(1);
        }
    }
}
