using Medatarun.Server.Tests.Support;

namespace Medatarun.Server.Tests.Passwords;

[Collection(Alone.Name)]
public sealed class SignInAllocationTests
{
    private const int SignIns = 100;

    [Fact]
    public async Task A_sign_in_allocates_at_most_300_000_bytes_its_client_included()
    {
        await using var server = await TestServer.StartAsync();
        await server.BootstrapAsync();
        await SignInAsync(server);

        var before = GC.GetTotalAllocatedBytes(precise: true);
        await SignInAsync(server);
        var each = (GC.GetTotalAllocatedBytes(precise: true) - before) / SignIns;

        Assert.InRange(each, 1, 300_000);
    }

    private static async Task SignInAsync(TestServer server)
    {
        for (var done = 0; done < SignIns; done++)
        {
            await server.SignInAsync(TestServer.AdminName, TestServer.AdminPassword);
        }
    }
}
