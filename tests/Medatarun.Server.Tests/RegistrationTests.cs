using Medatarun.Server.Tests.Support;
using Medatarun.Server.Users;

namespace Medatarun.Server.Tests;

public sealed class RegistrationTests
{
    private const string Password = "Sunny.Day.0123456";

    [Theory]
    [InlineData("""{"email":"john@example.com","password":"Sunny.Day.0123456"}""")]
    [InlineData("""{"email":"","password":""}""")]
    [InlineData("{}")]
    [InlineData("{")]
    public async Task Registration_is_closed_whatever_is_asked_until_it_is_opened(string body)
    {
        await using var server = await TestServer.StartAsync();

        var refused = (await server.Anonymous.PostAsync("/api/auth/register", body)).Refused(403, "registration_closed");

        Assert.Equal("This server does not let people make their own accounts.", refused.GetProperty("detail").GetString());
        Assert.Equal("0 0", Database.Text(server, "SELECT (SELECT COUNT(*) FROM users) || ' ' || (SELECT COUNT(*) FROM audit_events)"));
        await server.BootstrapAsync();
    }

    [Fact]
    public async Task The_first_to_register_becomes_administrator_and_uses_the_bootstrap_up()
    {
        await using var server = await OpenAsync();
        var secret = server.BootstrapSecret!.Reveal();

        var answer = await RegisterAsync(server, "John.Doe@example.com");

        var registered = answer.Created();
        Assert.Equal("no-store", answer.Headers["Cache-Control"]);
        var user = registered.GetProperty("user");
        Assert.Equal(
            ("john.doe", "John.Doe@example.com", "john.doe", "admin", 0),
            (user.GetProperty("username").GetString(), user.GetProperty("email").GetString(), user.GetProperty("fullname").GetString(),
                user.GetProperty("role").GetString(), user.GetProperty("groups").GetArrayLength()));
        Assert.Equal(registered.GetProperty("access_token").GetString(), registered.GetProperty("token").GetString());
        (await server.As(registered.GetProperty("token").GetString()!).CallAsync("user_list")).Ok();
        (await server.Anonymous.CallAsync("admin_bootstrap", new { secret, username = "admin", fullname = "Admin", password = TestServer.AdminPassword }))
            .Refused(410, "bootstrap_already_consumed");
        (await server.Anonymous.CallAsync("login", new { email = "JOHN.DOE@EXAMPLE.COM", password = Password })).Ok();
        // From here they signed in already, so that guessers elsewhere do not keep them out.
        Assert.Equal("1", Database.Text(server, "SELECT COUNT(*) FROM known_sources"));
        Assert.Equal(["auth/register john.doe ok"], Database.Rows(
            server, "SELECT operation || ' ' || target || ' ' || outcome FROM audit_events WHERE operation = 'auth/register'"));
    }

    [Fact]
    public async Task Later_ones_get_the_automatic_role_if_there_is_one()
    {
        await using var server = await OpenAsync();
        var admin = await server.BootstrapAsync();

        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await RegisterAsync(server, "john@example.com")).Created().GetProperty("role").ValueKind);
        (await admin.CallAsync("role_update_autoassign", new { roleRef = "manager", value = true })).Ok();
        var registered = (await RegisterAsync(server, "jane@example.com", username: "jane_doe", fullname: "Jane Doe")).Created();

        Assert.Equal("manager", registered.GetProperty("role").GetString());
        var whoami = (await server.As(registered.GetProperty("token").GetString()!).CallAsync("whoami")).Ok();
        Assert.Equal(("jane_doe", "Jane Doe", "User"), (whoami.GetProperty("username").GetString(), whoami.GetProperty("fullname").GetString(), whoami.GetProperty("type").GetString()));
    }

    [Fact]
    public async Task A_hundred_who_register_at_once_all_get_in_and_exactly_one_becomes_administrator()
    {
        await using var server = await OpenAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(number => RegisterAsync(server, $"john.doe@host{number}.example.com")));

        var users = answers.Select(answer => answer.Created().GetProperty("user")).ToList();
        Assert.Single(users, user => user.GetProperty("admin").GetBoolean());
        Assert.Equal(
            Enumerable.Range(2, 99).Select(number => $"john.doe-{number}").Append("john.doe").Order(),
            users.Select(user => user.GetProperty("username").GetString()!).Order());
        Assert.Equal("1", Database.Text(server, "SELECT COUNT(*) FROM actor_roles"));
    }

    [Fact]
    public async Task A_registration_and_a_bootstrap_that_race_make_one_administrator()
    {
        await using var server = await OpenAsync();
        var secret = server.BootstrapSecret!.Reveal();

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(number => number % 2 == 0
            ? RegisterAsync(server, $"user{number}@example.com")
            : server.Anonymous.CallAsync("admin_bootstrap", new { secret, username = $"admin{number}", fullname = "Admin", password = Password })));

        Assert.All(answers, answer => Assert.True(answer.Status is 200 or 201 || answer.Code == "bootstrap_already_consumed", answer.Body));
        Assert.Equal("1", Database.Text(server, "SELECT COUNT(*) FROM actor_roles"));
    }

    [Fact]
    public async Task Of_a_hundred_with_one_address_in_whatever_case_one_gets_it()
    {
        await using var server = await OpenAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(number =>
            RegisterAsync(server, number % 2 == 0 ? "john@example.com" : "John@Example.COM", username: $"john{number}")));

        Assert.Single(answers, answer => answer.Status == 201);
        Assert.Equal(99, answers.Count(answer => answer is { Status: 409, Code: "email_already_used" }));
    }

    [Theory]
    [InlineData("jo.doe@example.com", "jo.doe")]
    [InlineData("Jo.DOE+news@example.com", "jo.doe-news")]
    [InlineData("a..b__c--d.+e@example.com", "a.b_c-d.e")]
    [InlineData("_under_@example.com", "under")]
    [InlineData("jo@example.com", "user-jo")]
    [InlineData("42@example.com", "user-42")]
    [InlineData("4.2@example.com", "user-4.2")]
    [InlineData("!#$@example.com", "user")]
    [InlineData("李小龙@example.com", "user")]
    [InlineData("zoë.müller@example.com", "zo-m-ller")]
    [InlineData("abcdefghijklmnopqrstuvwxyz.12345.6789@example.com", "abcdefghijklmnopqrstuvwxyz.12345")]
    [InlineData("abcdefghijklmnopqrstuvwxyz12345.6789@example.com", "abcdefghijklmnopqrstuvwxyz12345")]
    [InlineData("1234567890123456789012345678901234@example.com", "user-123456789012345678901234567")]
    public async Task A_username_that_was_not_chosen_is_made_from_the_address(string email, string username)
    {
        await using var server = await OpenAsync();

        var user = (await RegisterAsync(server, email)).Created().GetProperty("user");

        Assert.Equal(username, user.GetProperty("username").GetString());
        Assert.Equal(username.Replace('_', ' '), user.GetProperty("fullname").GetString());
    }

    [Fact]
    public void Whatever_stands_before_the_at_sign_suggests_a_name_that_follows_the_rules()
    {
        var random = new Random(4711);
        const string characters = "abyzABYZ0189.._--+!#$%&'*/=?^_`{|}~éß李";
        for (var number = 0; number < 20_000; number++)
        {
            var local = string.Concat(Enumerable.Range(0, random.Next(1, 60)).Select(_ => characters[random.Next(characters.Length)]));
            var taken = random.Next(1, 2_000_000);

            var suggestion = UsernameFromEmail.Suggest(EmailAddress.Parse($"{local}@example.com").Value);
            var free = UsernameFromEmail.Free(suggestion, name => name == suggestion || Number(name) <= taken);

            Assert.Null(Username.Parse(suggestion.Value).Problem);
            Assert.Null(Username.Parse(free.Value).Problem);
            Assert.Equal(Math.Max(2, taken + 1), Number(free));
        }

        static int Number(Username name) => int.Parse(name.Value.Split('-')[^1], System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task A_name_that_is_or_was_taken_is_numbered_and_stays_within_its_length()
    {
        await using var server = await OpenAsync();
        var admin = await server.BootstrapAsync();
        async Task<string?> NameAsync(string local, string host) =>
            (await RegisterAsync(server, $"{local}@{host}.example.com")).Created().GetProperty("user").GetProperty("username").GetString();

        Assert.Equal("admin-2", await NameAsync("admin", "a"));
        Assert.Equal("john.doe", await NameAsync("john.doe", "a"));
        Assert.Equal("john.doe-2", await NameAsync("john.doe", "b"));
        Assert.Equal("john.doe-3", await NameAsync("john.doe", "c"));
        (await admin.CallAsync("user_delete", new { username = "john.doe-2" })).Ok();
        await admin.CreateUserAsync("john.doe-5", Password);
        Assert.Equal("john.doe-4", await NameAsync("john.doe", "d"));
        Assert.Equal("john.doe-6", await NameAsync("john.doe", "e"));
        var longest = new string('x', 32);
        Assert.Equal(longest, await NameAsync(longest, "a"));
        Assert.Equal(longest[..30] + "-2", await NameAsync(longest, "b"));
        Assert.Equal(longest[..30] + "-3", await NameAsync(longest + "y", "c"));
    }

    [Theory]
    [InlineData("no-address", Password, null, null, 400, "bad_email")]
    [InlineData("", Password, null, null, 400, "invalid_request")]
    [InlineData("jane@example.com", "", null, null, 400, "invalid_request")]
    [InlineData("jane@example.com", "short", null, null, 400, "bad_password")]
    [InlineData("jane@example.com", Password, "Not.A.Name", null, 400, "bad_username")]
    [InlineData("jane@example.com", Password, "jane", "<b>", 400, "bad_fullname")]
    [InlineData("jane@example.com", Password, "john.doe", null, 409, "user_already_exists")]
    [InlineData("jane@example.com", Password, "deleted.user", null, 409, "user_already_exists")]
    [InlineData("jane@example.com", Password, "runner", null, 409, "user_already_exists")]
    [InlineData("John@Example.com", Password, null, null, 409, "email_already_used")]
    [InlineData("wilhelmina@example.com", "wilhelmina.doe-2", "wilhelmina.doe-2", null, 400, "bad_password")]
    [InlineData("wilhelmina.doe@example.org", "wilhelmina.doe-2", null, null, 400, "bad_password")]
    public async Task What_breaks_the_rules_is_refused_and_leaves_nobody_behind(
        string email, string password, string? username, string? fullname, int status, string code)
    {
        await using var server = await OpenAsync();
        var admin = await server.BootstrapAsync();
        foreach (var name in new[] { "john.doe", "deleted.user", "wilhelmina.doe" })
        {
            await admin.CreateUserAsync(name, Password);
        }

        (await admin.CallAsync("user_update", new { username = "john.doe", email = "john@example.com" })).Ok();
        (await admin.CallAsync("user_delete", new { username = "deleted.user" })).Ok();
        (await admin.CallAsync("service_account_create", new { name = "runner" })).Ok();

        (await RegisterAsync(server, email, password, username, fullname)).Refused(status, code);

        Assert.Equal("3", Database.Text(server, "SELECT COUNT(*) FROM users"));
    }

    [Fact]
    public async Task A_refused_registration_leaves_the_first_place_to_the_next()
    {
        await using var server = await OpenAsync();

        (await RegisterAsync(server, "john@example.com", "short")).Refused(400, "bad_password");

        Assert.Equal("admin", (await RegisterAsync(server, "jane@example.com")).Created().GetProperty("role").GetString());
    }

    [Fact]
    public async Task Registrations_that_find_no_place_in_the_queue_are_put_off_and_change_nothing()
    {
        await using var server = await TestServer.StartAsync(iterations: 220_000, configure: options =>
        {
            options.Registration = RegistrationMode.Open;
            options.HashQueueLength = 2;
        });

        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(number => RegisterAsync(server, $"user{number}@example.com")));

        var putOff = answers.Where(answer => answer.Status == 429).ToList();
        Assert.NotEmpty(putOff);
        Assert.All(putOff, answer => Assert.True(int.Parse(answer.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture) > 0));
        Assert.All(answers.Except(putOff), answer => answer.Created());
        Assert.Equal($"{30 - putOff.Count}", Database.Text(server, "SELECT COUNT(*) FROM users"));
    }

    private static Task<TestServer> OpenAsync() => TestServer.StartAsync(configure: options => options.Registration = RegistrationMode.Open);

    private static Task<TestAnswer> RegisterAsync(
        TestServer server, string email, string password = Password, string? username = null, string? fullname = null) =>
        server.Anonymous.CallAsync("register", new { email, password, username, fullname });
}
