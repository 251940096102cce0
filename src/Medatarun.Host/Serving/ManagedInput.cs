using System.Text.Json;
using Medatarun.Contracts.ServerProcess;

namespace Medatarun.Host.Serving;

/// <summary>Standard input of a server that another program started: one line of JSON, and then the sign that this program lives.</summary>
internal sealed class ManagedInput(Stream input)
{
    private const int MaxLineBytes = 64 * 1024;

    /// <summary>Reads the line.</summary>
    /// <exception cref="StartFailureException">There is none, or it is not the JSON that is expected.</exception>
    public ManagedStart ReadStart()
    {
        var line = new List<byte>(256);
        for (var next = input.ReadByte(); next != '\n'; next = input.ReadByte())
        {
            if (next < 0 || line.Count == MaxLineBytes)
            {
                throw Unreadable();
            }

            line.Add((byte)next);
        }

        try
        {
            return JsonSerializer.Deserialize([.. line], ServerProcessJsonContext.Default.ManagedStart) ?? throw Unreadable();
        }
        catch (JsonException)
        {
            throw Unreadable();
        }
    }

    /// <summary>Waits on a thread of its own for the end of the input, and says so once.</summary>
    /// <param name="ended">Called when whoever held the other end is gone.</param>
    public void Watch(Action ended)
    {
        new Thread(() =>
        {
            WaitForEnd();
            ended();
        })
        {
            IsBackground = true,
            Name = "managed input",
        }.Start();
    }

    private void WaitForEnd()
    {
        var ignored = new byte[256];
        try
        {
            while (input.Read(ignored, 0, ignored.Length) > 0)
            {
                // Nothing more is said on this channel; only its end means something.
            }
        }
        catch (IOException)
        {
            // A broken pipe is an end as well.
            return;
        }
    }

    private static StartFailureException Unreadable() => new(
        ServerExitCode.Usage, "A managed server reads one line of JSON from standard input, and there was none it could read.");
}
