using Medatarun.Host.Configuration;
using Xunit;

namespace Medatarun.Host.Tests.Configuration;

public sealed class PropertiesFileTests
{
    [Theory]
    [InlineData("a=b", "a", "b")]
    [InlineData("a:b", "a", "b")]
    [InlineData("a b", "a", "b")]
    [InlineData("  a  =  b", "a", "b")]
    [InlineData("a\t:\tb", "a", "b")]
    [InlineData("a = b c ", "a", "b c ")]
    [InlineData("a", "a", "")]
    [InlineData("a=", "a", "")]
    [InlineData("a==b", "a", "=b")]
    [InlineData("a=b=c:d", "a", "b=c:d")]
    [InlineData("a\\ b=c", "a b", "c")]
    [InlineData("a\\=b=c", "a=b", "c")]
    [InlineData("a\\:b=c", "a:b", "c")]
    [InlineData("a=\\ b", "a", " b")]
    [InlineData("a=C:\\\\data", "a", "C:\\data")]
    [InlineData("a=1\\t2\\n3", "a", "1\t2\n3")]
    [InlineData("a=\\u00e9\\u4e2d", "a", "é中")]
    [InlineData("a=é", "a", "é")]
    [InlineData("a=\\q", "a", "q")]
    [InlineData("a=b\\\n   c", "a", "bc")]
    [InlineData("a=b\\\n   c\\\r\n\td", "a", "bcd")]
    [InlineData("a=b\\\\", "a", "b\\")]
    [InlineData("a=b\\", "a", "b")]
    [InlineData("a=b # no comment", "a", "b # no comment")]
    [InlineData("\uFEFFa=b", "a", "b")]
    public void A_line_is_read_as_Java_reads_it(string text, string key, string value)
    {
        var pair = Assert.Single(PropertiesFile.Parse(text));
        Assert.Equal(key, pair.Key);
        Assert.Equal(value, pair.Value);
    }

    [Fact]
    public void Comments_and_blank_lines_are_no_pairs()
    {
        var pairs = PropertiesFile.Parse("# one\n  ! two\n\n   \n#a=b \\\nc=d\r\n");
        Assert.Equal("c", Assert.Single(pairs).Key);
    }

    [Theory]
    [InlineData("ok=1\na=\\u12", "line 2")]
    [InlineData("a=\\uzzzz", "line 1")]
    [InlineData("a=1\n\nb=2\na=3", "line 4")]
    public void What_cannot_be_right_is_refused_with_its_line(string text, string line) =>
        Assert.Contains(line, Assert.Throws<FormatException>(() => PropertiesFile.Parse(text)).Message, StringComparison.Ordinal);
}
