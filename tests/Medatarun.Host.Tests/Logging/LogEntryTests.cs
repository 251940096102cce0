using Medatarun.Host.Logging;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Medatarun.Host.Tests.Logging;

public sealed class LogEntryTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Zoë 李 👩 ok", "Zoë 李 👩 ok")]
    [InlineData("a\r\nb", "a\\u000d\\u000ab")]
    [InlineData("\u001b[31mred", "\\u001b[31mred")]
    [InlineData("a\u009bb", "a\\u009bb")]
    [InlineData("a\u202eb\u2066c", "a\\u202eb\\u2066c")]
    [InlineData("a\u2028b\u2029c", "a\\u2028b\\u2029c")]
    [InlineData("a\u200fb\ufeffc", "a\\u200fb\\ufeffc")]
    [InlineData("a\0b\tc\u007f", "a\\u0000b\\u0009c\\u007f")]
    public void Characters_that_could_forge_or_hide_text_are_written_as_escapes(string text, string escaped) =>
        Assert.Equal(escaped, LogText.Escape(text));

    [Fact]
    public void Half_a_surrogate_pair_is_written_as_an_escape() => Assert.Equal("a\\ud83db", LogText.Escape("a" + '\ud83d' + "b"));

    [Fact]
    public void An_entry_is_one_line_whatever_the_message_holds() => Assert.Equal(
        "2026-11-22T12:00:00.000Z WARN  Medatarun: a\\u000a2026-11-22T12:00:00.000Z INFO forged\n",
        LogEntry.Format(Noon, LogLevel.Warning, "Medatarun", "a\n2026-11-22T12:00:00.000Z INFO forged", null));

    [Fact]
    public void No_line_of_an_exception_begins_like_an_entry()
    {
        var entry = LogEntry.Format(Noon, LogLevel.Error, "Medatarun", "Failed", new InvalidOperationException("a\n2026 forged\r\u001b[2J"));
        var lines = entry.TrimEnd('\n').Split('\n');
        Assert.All(lines[1..], line => Assert.StartsWith("    ", line, StringComparison.Ordinal));
        Assert.DoesNotContain('\u001b', entry);
    }
}
