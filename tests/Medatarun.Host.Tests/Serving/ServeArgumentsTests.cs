using Medatarun.Host.Serving;
using Xunit;

namespace Medatarun.Host.Tests.Serving;

public sealed class ServeArgumentsTests
{
    [Fact]
    public void Short_options_are_settings_under_their_key()
    {
        var arguments = ServeArguments.Parse(["--port", "1", "--host=::1", "--home", "/h", "--medatarun.storage.engine=sqlite", "--ephemeral"]);

        Assert.Equal([new("medatarun.state.file", "s.json")], ServeArguments.Parse(["--managed", "--state", "s.json"]).Settings);
        Assert.Equal("/h", arguments.Home);
        Assert.True(arguments.Ephemeral);
        Assert.False(arguments.Managed);
        Assert.Equal(
            [new("medatarun.server.port", "1"), new("medatarun.server.host", "::1"), new("medatarun.storage.engine", "sqlite")],
            arguments.Settings);
    }

    [Theory]
    [InlineData("--prot=1", "--port")]
    [InlineData("serve", "not an option")]
    [InlineData("--port", "--port needs a value")]
    [InlineData("--port=1 --port=2", "twice")]
    [InlineData("--port=1 --medatarun.server.port=2", "twice")]
    [InlineData("--ephemeral=perhaps", "--ephemeral")]
    [InlineData("--detached", "--managed")]
    public void What_cannot_be_meant_is_refused_by_name(string arguments, string part) => Assert.Contains(
        part, Assert.Throws<StartFailureException>(() => ServeArguments.Parse(arguments.Split(' '))).Message, StringComparison.Ordinal);
}
