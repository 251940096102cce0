using Medatarun.Host.Logging;
using Xunit;

namespace Medatarun.Host.Tests.Logging;

public sealed class RollingFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string LogPath => folder.At("a.log");

    [Fact]
    public void A_full_file_makes_place_and_the_oldest_is_dropped()
    {
        using (var file = new RollingFile(LogPath, maxBytes: 10, files: 3))
        {
            foreach (var entry in new[] { "11111111\n", "22222222\n", "33333333\n", "44444444\n" })
            {
                file.Append(entry);
            }
        }

        Assert.Equal("44444444\n", File.ReadAllText(LogPath));
        Assert.Equal("33333333\n", File.ReadAllText(LogPath + ".1"));
        Assert.Equal("22222222\n", File.ReadAllText(LogPath + ".2"));
        Assert.Equal(3, Directory.GetFiles(folder.Path).Length);
    }

    [Fact]
    public void It_goes_on_at_the_end_of_the_file_that_is_there()
    {
        File.WriteAllText(LogPath, "before\n");
        using (var file = new RollingFile(LogPath))
        {
            file.Append("after\n");
        }

        Assert.Equal("before\nafter\n", File.ReadAllText(LogPath));
    }

    [Fact]
    public async Task Entries_from_many_threads_stay_whole()
    {
        using (var file = new RollingFile(LogPath))
        {
            await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(() =>
            {
                for (var i = 0; i < 200; i++)
                {
                    file.Append(new string((char)('a' + writer), 50) + "\n");
                }
            })));
        }

        var lines = File.ReadAllLines(LogPath);
        Assert.Equal(1600, lines.Length);
        Assert.All(lines, line => Assert.Equal(new string(line[0], 50), line));
    }

    [Fact]
    public void An_entry_after_the_end_is_dropped_and_not_an_error()
    {
        var file = new RollingFile(LogPath);
        file.Dispose();
        file.Append("late\n");
        Assert.Empty(File.ReadAllText(LogPath));
    }
}
