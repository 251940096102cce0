using System.Net;
using System.Text;

namespace Medatarun.Benchmarks.Load;

/// <summary>Many clients that sign in in vain, again and again, each on a name of its own; who is put off waits a moment.</summary>
internal sealed class SignInFlood : IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource ending = new();
    private readonly HttpClient http;
    private readonly Task[] clients;
    private int attempts;
    private int answered;
    private int putOff;

    public SignInFlood(IPEndPoint address, int width)
    {
        http = new HttpClient { BaseAddress = new Uri($"http://{address}"), Timeout = Timeout.InfiniteTimeSpan };
        clients = [.. Enumerable.Range(0, width).Select(_ => RunAsync())];
    }

    /// <summary>Sign-ins that were computed and refused.</summary>
    public int Answered => Volatile.Read(ref answered);

    /// <summary>Sign-ins that were put off, because the queue was full.</summary>
    public int PutOff => Volatile.Read(ref putOff);

    /// <summary>Completes once the queue is full.</summary>
    public async Task FullAsync()
    {
        while (PutOff == 0)
        {
            await Task.Delay(Moment);
        }
    }

    public void Dispose()
    {
        ending.Cancel();
        Task.WaitAll(clients);
        http.Dispose();
        ending.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                if (await AttemptAsync(Interlocked.Increment(ref attempts)) == HttpStatusCode.TooManyRequests)
                {
                    Interlocked.Increment(ref putOff);
                    await Task.Delay(Moment, ending.Token);
                }
                else
                {
                    Interlocked.Increment(ref answered);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // It is over.
        }
    }

    private async Task<HttpStatusCode> AttemptAsync(int number)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/auth/login");
        request.Content = new StringContent($$"""{"username":"nobody-{{number}}","password":"Wrong.password.1"}""", Encoding.UTF8, "application/json");
        request.Headers.Add("X-Forwarded-For", $"198.18.{number >> 8 & 255}.{number & 255}");
        using var answer = await http.SendAsync(request, ending.Token);
        return answer.StatusCode;
    }
}
