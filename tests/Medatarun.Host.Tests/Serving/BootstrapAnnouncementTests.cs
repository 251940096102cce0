using Medatarun.Contracts;
using Medatarun.Host.Serving;
using Xunit;

namespace Medatarun.Host.Tests.Serving;

public sealed class BootstrapAnnouncementTests
{
    [Fact]
    public void It_stands_between_rulers_with_the_line_that_programs_look_for()
    {
        var lines = BootstrapAnnouncement.Text(new Secret("abcdefghijklmnopqrstuvwxyz"), new Uri("http://localhost:8080"), true).TrimEnd().Split('\n');

        Assert.Equal(new string('=', 80), lines[0]);
        Assert.Equal("BOOTSTRAP SECRET (one-time usage): abcdefghijklmnopqrstuvwxyz", lines[1]);
        Assert.Equal(new string('=', 80), lines[^1]);
    }

    [Fact]
    public void Quotes_in_a_configured_secret_cannot_break_out_of_any_of_the_commands()
    {
        var text = BootstrapAnnouncement.Text(new Secret("it's \"20\" characters"), new Uri("http://127.0.0.1:9"), false);

        Assert.Contains("ConvertTo-SecureString 'it''s \"20\" characters'", text, StringComparison.Ordinal);
        Assert.Contains("--secret='it'\\''s \"20\" characters'", text, StringComparison.Ordinal);
        Assert.Contains("\"secret\":\"it'\\''s \\\"20\\\" characters\"", text, StringComparison.Ordinal);
        Assert.Contains("MEDATARUN_PUBLIC_BASE_URL='http://127.0.0.1:9' medatarun", text, StringComparison.Ordinal);
    }
}
