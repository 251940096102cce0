using System.Text.Json;
using Medatarun.Contracts.ServerProcess;
using Xunit;

namespace Medatarun.Host.Tests.Processes;

/// <summary>The commands of the original documentation, as they are written there.</summary>
public sealed class CommandSequenceTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private readonly Dictionary<string, string> environment = [];
    private RunningServer server = null!;

    public async ValueTask InitializeAsync()
    {
        server = await RunningServer.StartAsync(folder.At("home"));
        environment["MEDATARUN_PUBLIC_BASE_URL"] = server.Url.OriginalString;
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task The_documented_sequence_works_as_it_is_written()
    {
        await BootstrapAsync();
        await SignInAsync("admin", "admin.0123456789");
        var who = await SucceedAsync("auth", "whoami");
        Assert.Equal("admin", who.GetProperty("sub").GetString());
        Assert.True(who.GetProperty("admin").GetBoolean());

        await SucceedAsync(
            "auth", "user_create", "--username=john.doe", "--fullname=John Doe", "--password=john.doe.0123456789", "--admin=false");
        await SucceedAsync("auth", "user_change_password", "--username=john.doe", "--password=john.doe.changed.0123456789");
        await SucceedAsync("auth", "user_change_fullname", "--username=john.doe", "--fullname=Jöhn 李");
        await SucceedAsync("auth", "change_my_password", "--old_password=admin.0123456789", "--new_password=admin.changed.0123456789");

        await SucceedAsync("auth", "user_disable", "--username=john.doe");
        var refused = await RunAsync("auth", "login", "--username=john.doe", "--password=john.doe.changed.0123456789");
        Assert.Equal(ServerExitCode.Failure, refused.ExitCode);
        Assert.StartsWith("Bad credentials.\n", refused.Error, StringComparison.Ordinal);
        await SucceedAsync("auth", "user_enable", "--username=john.doe");

        var john = await SucceedAsync("auth", "login", "--username=john.doe", "--password=john.doe.changed.0123456789");
        Assert.Equal("Jöhn 李", john.GetProperty("user").GetProperty("fullname").GetString());
        await SignInAsync("admin", "admin.changed.0123456789");
    }

    [Fact]
    public async Task A_stale_token_never_stands_in_the_way_of_signing_in()
    {
        environment["MEDATARUN_AUTH_TOKEN"] = "stale";
        await BootstrapAsync();
        await SucceedAsync("auth", "login", "--username=admin", "--password=admin.0123456789");

        var refused = await RunAsync("auth", "whoami");
        Assert.Equal((ServerExitCode.Failure, ""), (refused.ExitCode, refused.Output));
    }

    [Fact]
    public async Task A_refusal_says_why_and_what_to_do_on_standard_error_alone()
    {
        var result = await RunAsync(
            "auth", "admin_bootstrap", "--username=A", "--fullname=Administrator", "--password=admin.0123456789",
            $"--secret={server.BootstrapSecret}");

        Assert.Equal((ServerExitCode.Failure, ""), (result.ExitCode, result.Output));
        Assert.Contains("Bad username", result.Error, StringComparison.Ordinal);
        Assert.Contains("Use 3 to 32 characters", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ServerExitCode.Usage, "auth", "logn", "'login'")]
    [InlineData(ServerExitCode.Usage, "auth", "--username=a", "medatarun help auth")]
    [InlineData(ServerExitCode.Usage, "server", "start", "'serve'")]
    [InlineData(ServerExitCode.Failure, "auth", "whoami", "Sign in first.")]
    public async Task Each_failure_has_its_exit_code_and_its_sentence(int exitCode, string group, string operation, string part)
    {
        var result = await RunAsync(group, operation);
        Assert.Equal((exitCode, ""), (result.ExitCode, result.Output));
        Assert.Contains(part, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_said_with_its_address()
    {
        environment["MEDATARUN_PUBLIC_BASE_URL"] = "http://127.0.0.1:1";
        var result = await RunAsync("auth", "whoami");
        Assert.Equal(ServerExitCode.Failure, result.ExitCode);
        Assert.Contains("http://127.0.0.1:1 cannot be reached", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_version_and_the_help_are_successes_on_standard_output()
    {
        Assert.Matches("^medatarun [0-9]+\\.[0-9]+\\.[0-9]+\n$", (await RunAsync("--version")).Output);
        var help = await RunAsync("help", "auth", "login");
        Assert.Equal((ServerExitCode.Success, ""), (help.ExitCode, help.Error));
        Assert.Equal(help.Output, (await RunAsync("auth", "login", "--help")).Output);
    }

    private Task<JsonElement> BootstrapAsync() => SucceedAsync(
        "auth", "admin_bootstrap", "--username=admin", "--fullname=Administrator", "--password=admin.0123456789",
        $"--secret={server.BootstrapSecret}");

    private async Task SignInAsync(string username, string password)
    {
        var answer = await SucceedAsync("auth", "login", $"--username={username}", $"--password={password}");
        environment["MEDATARUN_AUTH_TOKEN"] = answer.GetProperty("access_token").GetString()!;
    }

    private async Task<JsonElement> SucceedAsync(params string[] arguments)
    {
        var result = await RunAsync(arguments);
        Assert.Equal((ServerExitCode.Success, ""), (result.ExitCode, result.Error));
        using var document = JsonDocument.Parse(result.Output);
        return document.RootElement.Clone();
    }

    private Task<ProgramResult> RunAsync(params string[] arguments) => MedatarunProgram.RunAsync(arguments, environment);
}
