using Medatarun.Host.Configuration;
using Xunit;

namespace Medatarun.Host.Tests.Configuration;

public sealed class ListenAddressTests
{
    [Theory]
    [InlineData("127.0.0.1", "http://127.0.0.1:8081", "127.0.0.1:8081")]
    [InlineData("localhost", "http://localhost:8081", "localhost:8081")]
    [InlineData("::1", "http://[::1]:8081", "[::1]:8081")]
    [InlineData("0.0.0.0", "http://localhost:8081", "0.0.0.0:8081")]
    [InlineData("*", "http://localhost:8081", "*:8081")]
    public void An_address_is_written_so_that_this_machine_can_call_it(string host, string url, string text)
    {
        var address = new ListenAddress(host, 0);
        Assert.Equal(url, address.ToUrl(8081).OriginalString);
        Assert.Equal(text, address.ToText(8081));
    }
}
