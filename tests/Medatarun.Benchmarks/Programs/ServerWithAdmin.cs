using Medatarun.Client;
using Medatarun.Contracts;
using Medatarun.Contracts.Auth;

namespace Medatarun.Benchmarks.Programs;

/// <summary>The published server on a file of its own, with an administrator.</summary>
internal sealed class ServerWithAdmin : IDisposable
{
    public const string AdminName = "admin";
    public const string AdminPassword = "admin.0123456789";
    private const string BootstrapSecret = "bootstrap-secret-of-the-benchmarks";

    private readonly TemporaryFolder home;
    private readonly RunningProgram program;

    private ServerWithAdmin(TemporaryFolder home, RunningProgram program, MedatarunConnection admin, Secret token)
    {
        this.home = home;
        this.program = program;
        Admin = admin;
        Token = token;
    }

    public RunningProgram Program => program;

    public MedatarunConnection Admin { get; }

    public Secret Token { get; }

    public string DatabaseFile => Path.Combine(home.Path, "medatarun.db");

    public static async Task<ServerWithAdmin> StartAsync(PublishedPrograms programs, params string[] arguments)
    {
        var home = new TemporaryFolder();
        var program = RunningProgram.Medatarun(programs, home.Path, BootstrapSecret, arguments);
        var anonymous = new MedatarunConnection(program.Url);
        var answer = await anonymous.InvokeAsync(AuthOperations.AdminBootstrap, new AdminBootstrapRequest
        {
            Secret = new Secret(BootstrapSecret),
            Username = AdminName,
            Fullname = "Administrator",
            Password = new Secret(AdminPassword),
        });
        return new ServerWithAdmin(home, program, anonymous.WithToken(answer.AccessToken), answer.AccessToken);
    }

    public void Dispose()
    {
        program.Dispose();
        home.Dispose();
    }
}
