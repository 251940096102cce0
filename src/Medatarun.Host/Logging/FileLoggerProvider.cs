namespace Medatarun.Host.Logging;

/// <summary>Logs to the log file.</summary>
internal sealed class FileLoggerProvider(RollingFile file, TimeProvider time) : LineLoggerProvider(file.Append, time)
{
    public override void Dispose()
    {
        file.Dispose();
        base.Dispose();
    }
}
