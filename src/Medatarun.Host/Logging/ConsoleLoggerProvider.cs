namespace Medatarun.Host.Logging;

/// <summary>Logs to standard output.</summary>
internal sealed class ConsoleLoggerProvider(TextWriter output, TimeProvider time) : LineLoggerProvider(Synchronized(output), time)
{
    private static Action<string> Synchronized(TextWriter output)
    {
        var writer = TextWriter.Synchronized(output);
        return entry =>
        {
            try
            {
                writer.Write(entry);
            }
            catch (IOException)
            {
                // Whoever read the output is gone; the log file goes on.
                return;
            }
        };
    }
}
