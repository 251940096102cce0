using System.Diagnostics;
using Medatarun.Server.External;

namespace Medatarun.Server.Tests;

public sealed class GlobTests
{
    [Theory]
    [InlineData("abc", "abc", true)]
    [InlineData("abc", "abcd", false)]
    [InlineData("abc", "ABC", false)]
    [InlineData("*", "", true)]
    [InlineData("*", "a/b\nc", true)]
    [InlineData("org/*", "org/", true)]
    [InlineData("org/*", "org/a/b", true)]
    [InlineData("org/*", "other/org/a", false)]
    [InlineData("*/main", "refs/heads/main", true)]
    [InlineData("*/main", "refs/heads/main2", false)]
    [InlineData("refs/*/main*", "refs/heads/main/x", true)]
    [InlineData("*ab*ab", "abab", true)]
    [InlineData("*ab*ab", "ab", false)]
    [InlineData("*aab", "aaab", true)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "ac", false)]
    [InlineData("?", "😀", true)]
    [InlineData("??", "😀", false)]
    [InlineData(@"\*", "*", true)]
    [InlineData(@"\*", "x", false)]
    [InlineData(@"a\?b\\", @"a?b\", true)]
    [InlineData("**", "x", true)]
    [InlineData("*?*", "", false)]
    [InlineData("[a-z]", "b", false)]
    [InlineData("(a|b)+", "a", false)]
    public void A_pattern_fits_a_whole_text_or_not(string pattern, string text, bool fits) =>
        Assert.Equal(fits, Glob.Parse(pattern)!.Matches(text));

    public static TheoryData<string> Unreadable() =>
        ["", @"\", @"a\", @"a\\\", new string('a', 257), new string('*', 21), new string('?', 21)];

    [Theory]
    [MemberData(nameof(Unreadable))]
    public void A_pattern_that_cannot_be_read_is_none(string pattern) => Assert.Null(Glob.Parse(pattern));

    [Fact]
    public void The_worst_pattern_over_the_longest_claim_takes_no_time_that_hurts()
    {
        var pattern = Glob.Parse(string.Concat(Enumerable.Repeat("*" + new string('a', 11), 20)) + "b")!;
        var text = new string('a', 16 * 1024);
        var began = Stopwatch.GetTimestamp();

        Assert.False(pattern.Matches(text));

        // The product of the lengths is four million steps; anything exponential would never end.
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }
}
