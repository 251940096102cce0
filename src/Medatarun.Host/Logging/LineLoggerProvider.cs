using Microsoft.Extensions.Logging;

namespace Medatarun.Host.Logging;

/// <summary>Logs entries as lines to wherever <paramref name="write"/> puts them.</summary>
/// <param name="write">Takes one formatted entry, with its line end.</param>
/// <param name="time">The clock.</param>
internal abstract class LineLoggerProvider(Action<string> write, TimeProvider time) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new LineLogger(categoryName, write, time);

    public virtual void Dispose() => GC.SuppressFinalize(this);

    private sealed class LineLogger(string category, Action<string> write, TimeProvider time) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                write(LogEntry.Format(time.GetUtcNow(), logLevel, category, formatter(state, exception), exception));
            }
        }
    }
}
