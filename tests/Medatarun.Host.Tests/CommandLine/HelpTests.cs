using Medatarun.Contracts.Operations;
using Medatarun.Contracts.State;
using Medatarun.Host.CommandLine;
using Medatarun.Host.CommandLine.State;
using Medatarun.Host.Configuration;
using Xunit;

namespace Medatarun.Host.Tests.CommandLine;

public sealed class HelpTests
{
    [Fact]
    public void Every_operation_stands_in_the_overview() =>
        Assert.All(OperationCatalogue.All, operation =>
            Assert.Contains($"{operation.Group} {operation.Name} ", HelpCommand.Text([]), StringComparison.Ordinal));

    [Fact]
    public void Every_member_stands_in_the_help_of_its_operation() =>
        Assert.All(OperationCatalogue.All.Except(StateOperations.All), operation =>
        {
            var help = HelpCommand.Text([operation.Group, operation.Name]);
            Assert.All(operation.Members, member =>
            {
                Assert.Contains($"--{member.Name} ", help, StringComparison.Ordinal);
                Assert.Contains(member.Description, help, StringComparison.Ordinal);
            });
        });

    [Fact]
    public void The_commands_about_state_have_options_of_their_own_and_say_what_their_exit_codes_mean() =>
        Assert.All(StateOperations.All, operation =>
        {
            var help = HelpCommand.Text([operation.Group, operation.Name]);
            Assert.All(StateCommand.Options[operation.Name], option => Assert.Contains($"--{option.Option}\n", help, StringComparison.Ordinal));
            Assert.Contains("2 from 'state compare'", help, StringComparison.Ordinal);
        });

    [Fact]
    public void Every_configuration_key_stands_in_the_help_of_serve() =>
        Assert.All(ConfigurationKeys.All, key => Assert.Contains(key.Name, HelpCommand.Text(["serve"]), StringComparison.Ordinal));

    [Theory]
    [InlineData("atuh", "'auth'")]
    [InlineData("srve", "'serve'")]
    public void An_unknown_command_is_refused_with_the_nearest(string command, string nearest) => Assert.Contains(
        nearest, Assert.Throws<StartFailureException>(() => HelpCommand.Text([command])).Message, StringComparison.Ordinal);

    [Fact]
    public void An_unknown_operation_is_refused_with_the_nearest() => Assert.Contains(
        "'user_create'", Assert.Throws<StartFailureException>(() => HelpCommand.Text(["auth", "user_craete"])).Message, StringComparison.Ordinal);
}
