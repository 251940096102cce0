using Medatarun.Contracts.Operations;
using Medatarun.Server.Tests.Support;

namespace Medatarun.Server.Tests;

/// <summary>Every operation of the catalogue, called by every kind of caller. An operation without a row fails.</summary>
public sealed class AccessMatrixTests
{
    private const string Password = "Sunny.Day.0123456";

    private const string None = "authentication_required";
    private const string Denied = "permission_denied";
    private const string Invalid = "invalid_token";
    private const string Session = "session_required";

    // What stands for "not refused for who calls".
    private const string Ok = "-";

    private static readonly string[] Refusals = [None, Denied, Invalid, Session, "token_expired"];

    // Columns: anonymous, user, other user, service account, disabled user, delegated (only user_manage), administrator,
    // a user's API token, an administrator's that is cut to user_read, a token of another issuer.
    private static readonly string[] Public = [Ok, Ok, Ok, Ok, Ok, Ok, Ok, Ok, Ok, Ok];
    private static readonly string[] SignedIn = [None, Ok, Ok, Ok, Invalid, Ok, Ok, Ok, Ok, Ok];
    private static readonly string[] Account = [None, Ok, Ok, Ok, Invalid, Ok, Ok, Session, Session, Session];
    private static readonly string[] UserManage = [None, Denied, Denied, Denied, Invalid, Ok, Ok, Denied, Denied, Denied];
    private static readonly string[] UserRead = [None, Denied, Denied, Denied, Invalid, Ok, Ok, Denied, Ok, Denied];
    private static readonly string[] Admin = [None, Denied, Denied, Denied, Invalid, Denied, Ok, Denied, Denied, Denied];

    // Written by hand, and not read from the catalogue: what is declared there is what is tested here.
    private static readonly IReadOnlyDictionary<string, string[]> Rows = new Dictionary<string, string[]>
    {
        ["auth/admin_bootstrap"] = Public,
        ["auth/login"] = Public,
        ["auth/register"] = Public,
        ["auth/whoami"] = SignedIn,
        ["auth/logout"] = Account,
        ["auth/change_my_password"] = Account,
        ["auth/user_create"] = UserManage,
        ["auth/user_list"] = UserRead,
        ["auth/user_get"] = UserRead,
        ["auth/user_update"] = UserManage,
        ["auth/user_change_fullname"] = UserManage,
        ["auth/user_change_password"] = UserManage,
        ["auth/user_disable"] = UserManage,
        ["auth/user_enable"] = UserManage,
        ["auth/user_unlock"] = UserManage,
        ["auth/user_delete"] = UserManage,
        ["auth/actor_list"] = UserRead,
        ["auth/actor_get"] = UserRead,
        ["auth/actor_enable"] = UserManage,
        ["auth/actor_disable"] = UserManage,
        ["auth/actor_add_role"] = UserManage,
        ["auth/actor_delete_role"] = UserManage,
        ["auth/service_account_create"] = UserManage,
        ["auth/service_account_list"] = UserRead,
        ["auth/service_account_delete"] = UserManage,
        ["auth/role_list"] = UserRead,
        ["auth/role_get"] = UserRead,
        ["auth/role_create"] = Admin,
        ["auth/role_update_name"] = Admin,
        ["auth/role_update_key"] = Admin,
        ["auth/role_update_description"] = Admin,
        ["auth/role_update_autoassign"] = Admin,
        ["auth/role_add_permission"] = Admin,
        ["auth/role_delete_permission"] = Admin,
        ["auth/role_delete"] = Admin,
        ["auth/permission_list"] = UserRead,
        ["auth/permission_register"] = Admin,
        ["auth/permission_delete"] = Admin,
        ["auth/group_list"] = UserRead,
        ["auth/group_get"] = UserRead,
        ["auth/group_create"] = Admin,
        ["auth/group_update"] = Admin,
        ["auth/group_delete"] = Admin,
        ["auth/group_add_member"] = Admin,
        ["auth/group_delete_member"] = Admin,
        ["auth/group_add_role"] = Admin,
        ["auth/group_delete_role"] = Admin,
        ["auth/token_refresh"] = Public,
        ["auth/token_introspect"] = Admin,
        ["auth/token_revoke"] = SignedIn,
        // Everybody's for their own; the request names somebody else.
        ["auth/session_list"] = Admin,
        ["auth/session_revoke"] = SignedIn,
        ["auth/session_revoke_all"] = Admin,
        ["auth/token_mint"] = Admin,
        ["auth/api_token_list"] = Admin,
        ["auth/api_token_create"] = Account,
        ["auth/api_token_revoke"] = SignedIn,
        ["auth/issuer_list"] = UserRead,
        ["auth/issuer_get"] = UserRead,
        ["auth/issuer_create"] = Admin,
        ["auth/issuer_update"] = Admin,
        ["auth/issuer_delete"] = Admin,
        ["auth/issuer_test"] = Admin,
        ["auth/issuer_rule_list"] = UserRead,
        ["auth/issuer_rule_create"] = Admin,
        ["auth/issuer_rule_update"] = Admin,
        ["auth/issuer_rule_delete"] = Admin,
        ["auth/token_exchange"] = Public,
        ["state/export"] = Admin,
        ["state/compare"] = Admin,
        ["state/apply"] = Admin,
        ["auth/user_import"] = UserManage,
        ["auth/user_export"] = UserRead,
        ["auth/password_summary"] = UserRead,
    };

    [Fact]
    public async Task Every_operation_answers_every_kind_of_caller_as_its_row_says()
    {
        Assert.Empty(OperationCatalogue.All.Select(operation => operation.ToString()).Except(Rows.Keys));
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        await admin.CreateUserAsync("delegated", Password);
        await admin.GiveOwnRoleAsync("delegated", "user_manage");
        await admin.CallAsync("service_account_create", new { name = "runner" });
        await using var issuer = await TestIssuer.StartAsync();
        await issuer.TrustAsync(server);
        var (_, reading) = await server.ApiTokenAsync(admin, permissions: ["user_read"]);

        foreach (var operation in OperationCatalogue.All)
        {
            // Made anew for each operation, because some of them end the session that calls.
            var callers = new[]
            {
                server.Anonymous,
                await FreshUserAsync(server, admin, disabled: false),
                await FreshUserAsync(server, admin, disabled: false),
                await server.AsServiceAccountAsync("runner"),
                await FreshUserAsync(server, admin, disabled: true),
                await server.SignInAsync("delegated", Password),
                await server.SignInAsync(TestServer.AdminName, TestServer.AdminPassword),
                (await server.ApiTokenAsync(await FreshUserAsync(server, admin, disabled: false))).Caller,
                reading,
                server.As(issuer.Token(server)),
            };
            var answers = new List<string>();
            foreach (var caller in callers)
            {
                // The request is whole where it must be, and names nobody: what is judged is the caller.
                var answer = await caller.PostAsync($"/api/{operation}", WholeRequest);
                Assert.True(answer.Status < 500, answer.Body);
                answers.Add(answer.Code is { } code && Refusals.Contains(code) ? code : Ok);
            }

            Assert.True(Rows[operation.ToString()].SequenceEqual(answers), $"{operation}: {string.Join(", ", answers)}");
        }
    }

    [Fact]
    public void The_matrix_has_no_row_for_an_operation_that_does_not_exist() =>
        Assert.Empty(Rows.Keys.Except(OperationCatalogue.All.Select(operation => operation.ToString())));

    private const string WholeRequest =
        """
        {"username":"nobody.here","fullname":"","password":"x","secret":"x","oldPassword":"x","newPassword":"x","actorId":"x",
         "roleRef":"key:nothing.here","groupRef":"key:nothing.here","permissionKey":"nothing.here","key":"","name":"","value":null}
        """;

    private static async Task<TestCaller> FreshUserAsync(TestServer server, TestCaller admin, bool disabled)
    {
        var name = $"u{Guid.NewGuid():N}"[..20];
        await admin.CreateUserAsync(name, Password);
        var caller = await server.SignInAsync(name, Password);
        if (disabled)
        {
            (await admin.CallAsync("user_disable", new { username = name })).Ok();
        }

        return caller;
    }
}
