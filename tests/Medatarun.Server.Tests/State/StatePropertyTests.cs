using System.Text.Json.Nodes;
using Medatarun.Server.Tests.Support;

namespace Medatarun.Server.Tests.State;

/// <summary>Whatever is declared: applied, it is in step; and what is exported, is.</summary>
public sealed class StatePropertyTests
{
    private static readonly string[] Permissions = ["p.one", "p.two", "p.three", "user_read", "group_manage"];
    private static readonly string[] Roles = ["r.one", "r.two", "r.three", "r.four"];
    private static readonly string[] Groups = ["g.one", "g.two", "g.three"];

    [Fact]
    public async Task A_hundred_random_states_are_in_step_once_they_are_applied()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var number = 0; number < 100; number++)
        {
            var document = Document(random, number);
            var prune = random.Next(3) > 0;
            var where = $"seed {seed}, number {number}, prune {prune}: {document.ToJsonString()}";

            var expected = await admin.CompareAsync(document, prune);
            Assert.True(expected.Status == 200, $"{where}: {expected.Body}");
            var applied = await admin.ApplyAsync(document, prune, expected.Fingerprint());
            Assert.True(applied.Status == 200, $"{where}: {applied.Body}");
            Assert.Equal(expected.Differences(), applied.Differences());
            var compared = await admin.CompareAsync(document, prune);
            Assert.True(compared.Differences().Length == 0, $"{where}: {compared.Body}");
            Assert.Equal(applied.Fingerprint(), compared.Fingerprint());

            var exported = await admin.ExportAsync();
            Assert.Empty((await admin.ApplyAsync(exported, prune: true)).Differences());
            Assert.True(JsonNode.DeepEquals(exported, await admin.ExportAsync()), where);
        }
    }

    // Every section may be missing; what a section refers to is always there. Names of users that were pruned are not used again.
    private static JsonObject Document(Random random, int number)
    {
        var document = new JsonObject { ["version"] = 1 };
        document["permissions"] = Things(["p.one", "p.two", "p.three"], "key", (_, _) => { });
        document["roles"] = Things(Roles, "key", (role, key) =>
        {
            Maybe(random, role, "name", $"Role {random.Next(3)}");
            Maybe(random, role, "description", random.Next(2) == 0 ? "" : $"Für {key} {random.Next(3)}");
            Maybe(random, role, "permissions", Some(random, Permissions));
        });
        document["groups"] = Things(Groups, "key", (group, _) =>
        {
            Maybe(random, group, "description", $"{random.Next(3)}");
            Maybe(random, group, "roles", Some(random, [.. Roles, "reader"]));
        });
        if (random.Next(4) > 0)
        {
            var users = Things([.. Some(random, [$"u{number}-a", $"u{number}-b", $"u{number}-c"]).Select(name => name!.GetValue<string>())], "username", (user, name) =>
            {
                user["fullname"] = $"Zoë {(char)('a' + random.Next(26))}";
                Maybe(random, user, "email", random.Next(3) == 0 ? "" : $"{name}@example.org");
                Actor(random, user);
            });
            users.Add(new JsonObject { ["username"] = "admin" });
            document["users"] = users;
        }

        if (random.Next(4) > 0)
        {
            document["service_accounts"] = Things([$"s{number}-a", $"s{number}-b"], "name", (account, _) => Actor(random, account));
        }

        if (random.Next(2) == 0)
        {
            document["settings"] = new JsonObject { ["automatic_role"] = new[] { "", "reader", "r.one" }[random.Next(3)] };
        }

        return document;
    }

    private static void Actor(Random random, JsonObject actor)
    {
        Maybe(random, actor, "disabled", random.Next(2) == 0);
        Maybe(random, actor, "roles", Some(random, [.. Roles, "manager", "admin"]));
        Maybe(random, actor, "groups", Some(random, Groups));
    }

    private static JsonArray Things(string[] names, string member, Action<JsonObject, string> fill)
    {
        var things = new JsonArray();
        foreach (var name in names)
        {
            var thing = new JsonObject { [member] = name };
            fill(thing, name);
            things.Add((JsonNode)thing);
        }

        return things;
    }

    private static JsonArray Some(Random random, string[] of) => [.. of.Where(_ => random.Next(2) == 0).OrderBy(_ => random.Next()).Select(one => (JsonNode)one)];

    private static void Maybe(Random random, JsonObject thing, string member, JsonNode value)
    {
        if (random.Next(3) > 0)
        {
            thing[member] = value;
        }
    }
}
