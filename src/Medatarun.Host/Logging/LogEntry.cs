using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Medatarun.Host.Logging;

/// <summary>The form of a log entry: one line, and an exception's lines indented below it, so that no text can pass for an entry.</summary>
internal static class LogEntry
{
    public static string Format(DateTimeOffset time, LogLevel level, string category, string message, Exception? exception)
    {
        var entry = new StringBuilder()
            .Append(time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture))
            .Append(' ').Append(Name(level))
            .Append(' ').Append(category)
            .Append(": ").Append(LogText.Escape(message))
            .Append('\n');
        if (exception is not null)
        {
            foreach (var line in exception.ToString().Split('\n'))
            {
                entry.Append("    ").Append(LogText.Escape(line.TrimEnd('\r'))).Append('\n');
            }
        }

        return entry.ToString();
    }

    private static string Name(LogLevel level) => level switch
    {
        LogLevel.Critical => "FATAL",
        LogLevel.Error => "ERROR",
        LogLevel.Warning => "WARN ",
        LogLevel.Information => "INFO ",
        _ => "DEBUG",
    };
}
