using Medatarun.Contracts.Operations;
using Medatarun.Server.Tests.Support;

namespace Medatarun.Server.Tests;

/// <summary>Every operation of the catalogue, called by every kind of caller. An operation without a row fails.</summary>
public sealed class AccessMatrixTests
{
    private const string Password = "Sunny.Day.0123456";

    // operation: anonymous, user, disabled user, administrator. "-" stands for "not refused for who calls".
    private static readonly IReadOnlyDictionary<string, string[]> Rows = new Dictionary<string, string[]>
    {
        ["auth/admin_bootstrap"] = ["-", "-", "-", "-"],
        ["auth/login"] = ["-", "-", "-", "-"],
        ["auth/whoami"] = ["authentication_required", "-", "invalid_token", "-"],
        ["auth/logout"] = ["authentication_required", "-", "invalid_token", "-"],
        ["auth/change_my_password"] = ["authentication_required", "-", "invalid_token", "-"],
        ["auth/user_create"] = ["authentication_required", "permission_denied", "invalid_token", "-"],
        ["auth/user_list"] = ["authentication_required", "permission_denied", "invalid_token", "-"],
        ["auth/user_get"] = ["authentication_required", "permission_denied", "invalid_token", "-"],
        ["auth/user_update"] = ["authentication_required", "permission_denied", "invalid_token", "-"],
        ["auth/user_change_fullname"] = ["authentication_required", "permission_denied", "invalid_token", "-"],
        ["auth/user_change_password"] = ["authentication_required", "permission_denied", "invalid_token", "-"],
        ["auth/user_disable"] = ["authentication_required", "permission_denied", "invalid_token", "-"],
        ["auth/user_enable"] = ["authentication_required", "permission_denied", "invalid_token", "-"],
        ["auth/user_delete"] = ["authentication_required", "permission_denied", "invalid_token", "-"],
        ["auth/actor_list"] = ["authentication_required", "permission_denied", "invalid_token", "-"],
        ["auth/actor_get"] = ["authentication_required", "permission_denied", "invalid_token", "-"],
    };

    private static readonly string[] Refusals = ["authentication_required", "permission_denied", "invalid_token", "token_expired"];

    public static TheoryData<string> Operations => [.. OperationCatalogue.All.Select(operation => operation.ToString())];

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Every_operation_answers_every_kind_of_caller_as_its_row_says(string operation)
    {
        Assert.True(Rows.ContainsKey(operation), $"{operation} has no row in the matrix.");
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        await admin.CreateUserAsync("john.doe", Password);
        await admin.CreateUserAsync("disabled", Password);
        var user = await server.SignInAsync("john.doe", Password);
        var disabled = await server.SignInAsync("disabled", Password);
        (await admin.CallAsync("user_disable", new { username = "disabled" })).Ok();

        var name = operation.Split('/')[1];
        var answers = new List<string>();
        foreach (var caller in new[] { server.Anonymous, user, disabled, admin })
        {
            // The request is whole where it must be, and names nobody: what is judged is the caller.
            var answer = await caller.CallAsync(name, new
            {
                username = "nobody.here", fullname = "x", password = "x", secret = "x", oldPassword = "x", newPassword = "x", actorId = "x",
            });
            Assert.NotEqual(500, answer.Status);
            answers.Add(answer.Code is { } code && Refusals.Contains(code) ? code : "-");
        }

        Assert.Equal(Rows[operation], answers);
    }

    [Fact]
    public void The_matrix_has_no_row_for_an_operation_that_does_not_exist() =>
        Assert.Empty(Rows.Keys.Except(OperationCatalogue.All.Select(operation => operation.ToString())));
}
