using System.Text.Json;
using Medatarun.Server.Tests.Support;

namespace Medatarun.Server.Tests;

public sealed class UserTests
{
    private const string Password = "Sunny.Day.0123456";

    [Fact]
    public async Task A_created_user_is_answered_without_a_hash_and_has_an_actor_of_the_same_id()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;

        var answer = await admin.CallAsync("user_create", new { username = "john.doe", fullname = "John Doe", password = Password });

        var user = answer.Ok();
        Assert.DoesNotContain("pbkdf2", answer.Body, StringComparison.Ordinal);
        Assert.False(user.GetProperty("admin").GetBoolean());
        Assert.False(user.GetProperty("disabled").GetBoolean());
        var actor = (await admin.CallAsync("actor_get", new { actorId = user.GetProperty("id").GetString() })).Ok();
        Assert.Equal("john.doe", actor.GetProperty("subject").GetString());
        Assert.Equal("urn:medatarun:internal", actor.GetProperty("issuer").GetString());
        Assert.Equal("John Doe", actor.GetProperty("fullname").GetString());
        Assert.Equal(JsonValueKind.Null, actor.GetProperty("disabledAt").ValueKind);
    }

    [Fact]
    public async Task Both_names_of_the_create_operation_work()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;

        (await admin.CallAsync("create_user", new { username = "john.doe", fullname = "John", password = Password })).Ok();
    }

    [Theory]
    [InlineData("username", "ab", "bad_username")]
    [InlineData("username", "a23456789012345678901234567890123", "bad_username")]
    [InlineData("username", "John", "bad_username")]
    [InlineData("username", "1john", "bad_username")]
    [InlineData("username", "john..doe", "bad_username")]
    [InlineData("username", "john.", "bad_username")]
    [InlineData("username", ".john", "bad_username")]
    [InlineData("username", "john doe", "bad_username")]
    [InlineData("username", "jöhn", "bad_username")]
    [InlineData("username", "john\ndoe", "bad_username")]
    [InlineData("fullname", "   ", "bad_fullname")]
    [InlineData("fullname", "John <script>", "bad_fullname")]
    [InlineData("fullname", "John\u202eDoe", "bad_fullname")]
    [InlineData("fullname", "John\r\nDoe", "bad_fullname")]
    [InlineData("fullname", "John\u001b[31m", "bad_fullname")]
    [InlineData("email", "no-at-sign", "bad_email")]
    [InlineData("email", "two@at@signs", "bad_email")]
    [InlineData("email", "a b@example.org", "bad_email")]
    [InlineData("email", "@example.org", "bad_email")]
    [InlineData("password", "Short.1", "bad_password")]
    [InlineData("password", "              ", "bad_password")]
    [InlineData("password", "alllowercaseletters", "bad_password")]
    [InlineData("password", "lowercase0123456789", "bad_password")]
    [InlineData("password", "Password123456!", "bad_password")]
    [InlineData("role", "no-such-role", "role_not_found")]
    public async Task A_bad_member_is_refused_with_its_reason(string member, string value, string code)
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        var request = new Dictionary<string, object>
        {
            ["username"] = "john.doe", ["fullname"] = "John Doe", ["password"] = Password, [member] = value,
        };

        var problem = (await admin.CallAsync("user_create", request)).Refused(code == "role_not_found" ? 404 : 400, code);

        Assert.NotEmpty(problem.GetProperty("errors").GetProperty(member)[0].GetString()!);
        Assert.DoesNotContain(value.Trim() is { Length: > 3 } secret && member == "password" ? secret : "\0", problem.ToString(), StringComparison.Ordinal);
        (await admin.CallAsync("user_get", new { username = "john.doe" })).Refused(404, "user_not_found");
    }

    [Theory]
    [InlineData("admin.0123456789", true)]
    [InlineData("john.doe.0123456789", true)]
    [InlineData("ÄÖÜäöü.пароль", false)]
    [InlineData("ÄÖÜäöü.пароль1", true)]
    [InlineData("correct horse battery staple", false)]
    [InlineData("Correct horse battery staple", true)]
    public async Task Passwords_are_judged_by_length_and_kinds_of_characters(string password, bool accepted)
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;

        var answer = await admin.CallAsync("user_create", new { username = "someone", fullname = "Some One", password });

        Assert.Equal(accepted ? 200 : 400, answer.Status);
    }

    [Theory]
    [InlineData(1024, 200)]
    [InlineData(1025, 400)]
    public async Task A_password_has_at_most_1024_bytes(int bytes, int status)
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        var password = "Aa1." + new string('x', bytes - 4);

        Assert.Equal(status, (await admin.CallAsync("user_create", new { username = "someone", fullname = "Some One", password })).Status);
    }

    [Fact]
    public async Task A_password_that_is_the_username_is_refused()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;

        (await admin.CallAsync("user_create", new { username = "john.doe-0123456", fullname = "John", password = "John.Doe-0123456" }))
            .Refused(400, "bad_password");
    }

    [Theory]
    [InlineData("Ærøskøbing O’Brien-Łukasz, Jr.")]
    [InlineData("Αλέξανδρος Παπαδόπουλος")]
    [InlineData("محمد عبد الله")]
    [InlineData("अनुष्का शर्मा")]
    [InlineData("山田 太郎")]
    [InlineData("𐐔𐐯𐑅𐐨𐑉𐐯𐐻")]
    [InlineData("Louis XIV 2")]
    public async Task A_full_name_may_be_of_any_script(string fullname)
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;

        var user = (await admin.CallAsync("user_create", new { username = "someone", fullname, password = Password })).Ok();

        Assert.Equal(fullname, user.GetProperty("fullname").GetString());
        var found = (await admin.CallAsync("user_list", new { search = fullname[..4].ToUpperInvariant() })).Ok();
        Assert.Equal("someone", found.GetProperty("items")[0].GetProperty("username").GetString());
    }

    [Fact]
    public async Task A_taken_name_is_refused_and_the_name_of_a_deleted_user_too()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        await admin.CreateUserAsync("john.doe");

        var taken = await admin.CallAsync("user_create", new { username = "john.doe", fullname = "John", password = Password });
        (await admin.CallAsync("user_delete", new { username = "john.doe" })).Ok();
        var retired = await admin.CallAsync("user_create", new { username = "john.doe", fullname = "John", password = Password });

        Assert.Equal("User already exists.", taken.Refused(409, "user_already_exists").GetProperty("detail").GetString());
        retired.Refused(409, "user_already_exists");
    }

    [Fact]
    public async Task A_thousand_parallel_creates_of_one_name_make_one_user()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync(configure: options => options.HashQueueLength = 2000);
        await using var _ = server;

        var answers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ =>
            admin.CallAsync("user_create", new { username = "john.doe", fullname = "John", password = Password })));

        Assert.Single(answers, answer => answer.Status == 200);
        Assert.Equal(999, answers.Count(answer => answer.Code == "user_already_exists"));
        Assert.Equal("1", Database.Text(server, "SELECT COUNT(*) FROM users WHERE username = 'john.doe'"));
        Assert.Equal("1", Database.Text(server, "SELECT COUNT(*) FROM actors WHERE subject = 'john.doe'"));
    }

    [Fact]
    public async Task An_e_mail_address_belongs_to_one_user_without_regard_to_case()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        (await admin.CallAsync("user_create", new { username = "one", fullname = "One", password = Password, email = "One@Example.org" })).Ok();

        (await admin.CallAsync("user_create", new { username = "two", fullname = "Two", password = Password, email = "oNE@example.org" }))
            .Refused(409, "email_already_used");
        (await admin.CallAsync("user_update", new { username = "one", email = "ONE@example.org" })).Ok();
    }

    [Fact]
    public async Task Listing_pages_through_every_user_once_in_order()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        for (var number = 0; number < 7; number++)
        {
            await admin.CreateUserAsync($"user{number}");
        }

        var names = new List<string>();
        string? after = null;
        do
        {
            var page = (await admin.CallAsync("user_list", new { limit = 3, after })).Ok();
            names.AddRange(page.GetProperty("items").EnumerateArray().Select(user => user.GetProperty("username").GetString()!));
            after = page.GetProperty("next").GetString();
        }
        while (after is not null);

        Assert.Equal(["admin", "user0", "user1", "user2", "user3", "user4", "user5", "user6"], names);
    }

    [Fact]
    public async Task Listing_filters_by_search_disabled_and_role_also_with_get()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        await admin.CreateUserAsync("anna_one");
        await admin.CreateUserAsync("annatwo");
        (await admin.CallAsync("user_disable", new { username = "annatwo" })).Ok();

        async Task<string> Names(string query) => string.Join(' ', (await admin.GetAsync($"/api/users?{query}")).Ok()
            .GetProperty("items").EnumerateArray().Select(user => user.GetProperty("username").GetString()));

        Assert.Equal("anna_one annatwo", await Names("search=ANNA"));
        Assert.Equal("anna_one", await Names("search=a_"));
        Assert.Equal("annatwo", await Names("disabled=true"));
        Assert.Equal("admin anna_one", await Names("disabled=false"));
        Assert.Equal("admin", await Names("role=admin"));
        Assert.Equal("", await Names("search=%25"));
        (await admin.GetAsync("/api/users?limit=0")).Refused(400, "invalid_request");
        (await admin.GetAsync("/api/users?limit=1001")).Refused(400, "invalid_request");
        (await admin.GetAsync("/api/users?disabled=perhaps")).Refused(400, "invalid_request");
    }

    [Fact]
    public async Task An_update_changes_what_is_given_and_leaves_the_rest()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        await admin.CallAsync("user_create", new { username = "john.doe", fullname = "John", password = Password, email = "john@example.org" });

        var renamed = (await admin.CallAsync("user_update", new { username = "john.doe", fullname = "Johnny" })).Ok();
        Assert.Equal(("Johnny", "john@example.org"), (renamed.GetProperty("fullname").GetString(), renamed.GetProperty("email").GetString()));

        var promoted = (await admin.CallAsync("user_update", new { username = "john.doe", role = "admin", email = (string?)null })).Ok();
        Assert.Equal((true, "john@example.org"), (promoted.GetProperty("admin").GetBoolean(), promoted.GetProperty("email").GetString()));

        var cleared = (await admin.CallAsync("user_update", new { username = "john.doe", role = "", email = "", groups = Array.Empty<string>() })).Ok();
        Assert.Equal(JsonValueKind.Null, cleared.GetProperty("role").ValueKind);
        Assert.Equal(JsonValueKind.Null, cleared.GetProperty("email").ValueKind);
    }

    [Fact]
    public async Task A_user_is_found_by_name_by_id_and_under_the_resource_route()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        var id = (await admin.CreateUserAsync("john.doe")).GetProperty("id").GetString();

        var byName = (await admin.CallAsync("user_get", new { username = "john.doe" })).Ok();
        var byId = (await admin.CallAsync("user_get", new { id })).Ok();
        var byRoute = (await admin.GetAsync($"/api/users/{id}")).Ok();
        var changed = (await admin.SendAsync(HttpMethod.Put, $"/api/users/{id}", new StringContent(
            """{"role":"admin","groups":[],"username":"admin"}""", System.Text.Encoding.UTF8, "application/json"))).Ok();

        Assert.Equal(byName.ToString(), byId.ToString());
        Assert.Equal(byName.ToString(), byRoute.ToString());
        Assert.Equal(("john.doe", "admin"), (changed.GetProperty("username").GetString(), changed.GetProperty("role").GetString()));
    }

    [Fact]
    public async Task Enabling_and_disabling_twice_is_the_same_as_once()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        await admin.CreateUserAsync("john.doe");

        (await admin.CallAsync("user_disable", new { username = "john.doe" })).Ok();
        (await admin.CallAsync("disable_user", new { username = "john.doe" })).Ok();
        Assert.True((await admin.CallAsync("user_get", new { username = "john.doe" })).Ok().GetProperty("disabled").GetBoolean());
        (await admin.CallAsync("user_enable", new { username = "john.doe" })).Ok();
        (await admin.CallAsync("user_enable", new { username = "john.doe" })).Ok();

        await server.SignInAsync("john.doe", "Sunny.Day.0123456");
    }

    [Theory]
    [InlineData("user_get")]
    [InlineData("user_update")]
    [InlineData("user_disable")]
    [InlineData("user_enable")]
    [InlineData("user_delete")]
    [InlineData("user_change_fullname")]
    [InlineData("user_change_password")]
    public async Task An_unknown_user_is_named_in_the_refusal(string operation)
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;

        var answer = await admin.CallAsync(operation, new { username = "nobody", fullname = "No Body", password = Password });

        Assert.Contains("nobody", answer.Refused(404, "user_not_found").GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
