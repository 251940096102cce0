using Medatarun.Server.Access;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Tests;

public sealed class CallerCacheTests
{
    private static Caller SomeCaller(Guid? actor = null) => new()
    {
        ActorId = actor ?? Guid.NewGuid(), Credential = Credential.Session(Guid.NewGuid()), Issuer = "i", Subject = "s", Fullname = "f", Roles = [], Groups = [], Permissions = [],
    };

    private static TouchedActors Touched(Guid actor)
    {
        var touched = new TouchedActors();
        touched.Add(actor);
        return touched;
    }

    [Fact]
    public void A_change_to_a_role_drops_everyone()
    {
        var cache = new CallerCache();
        var (one, other) = (SomeCaller(), SomeCaller());
        cache.Keep(one, cache.Generation);
        cache.Keep(other, cache.Generation);
        var everyone = new TouchedActors();
        everyone.AddEveryone();

        cache.Drop(everyone);

        Assert.Null(cache.Find(one.Credential));
        Assert.Null(cache.Find(other.Credential));
    }

    [Fact]
    public void What_was_kept_is_found()
    {
        var cache = new CallerCache();
        var caller = SomeCaller();

        cache.Keep(caller, cache.Generation);

        Assert.Same(caller, cache.Find(caller.Credential));
    }

    [Fact]
    public void Touching_an_actor_drops_all_of_their_sessions_and_nobody_elses()
    {
        var cache = new CallerCache();
        var actor = Guid.NewGuid();
        var (one, two, other) = (SomeCaller(actor), SomeCaller(actor), SomeCaller());
        foreach (var caller in new[] { one, two, other })
        {
            cache.Keep(caller, cache.Generation);
        }

        cache.Drop(Touched(actor));

        Assert.Null(cache.Find(one.Credential));
        Assert.Null(cache.Find(two.Credential));
        Assert.Same(other, cache.Find(other.Credential));
    }

    [Fact]
    public void A_caller_loaded_before_a_change_is_not_kept_after_it()
    {
        var cache = new CallerCache();
        var caller = SomeCaller();
        var loadedAt = cache.Generation;

        cache.Drop(Touched(caller.ActorId));
        cache.Keep(caller, loadedAt);

        Assert.Null(cache.Find(caller.Credential));
    }

    [Fact]
    public void A_caller_loaded_after_a_change_is_kept_again()
    {
        var cache = new CallerCache();
        var actor = Guid.NewGuid();
        cache.Keep(SomeCaller(actor), cache.Generation);
        cache.Drop(Touched(actor));
        var again = SomeCaller(actor);

        cache.Keep(again, cache.Generation);

        Assert.Same(again, cache.Find(again.Credential));
    }
}
