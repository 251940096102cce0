namespace Medatarun.Server.Guessing;

/// <summary>A failure that was taken from a source in advance.</summary>
internal sealed class SourcePlace(SourceLimit limit, string key)
{
    private int given;

    /// <summary>Gives it back, because the attempt was right or not made; the second time does nothing.</summary>
    public void GiveBack()
    {
        if (Interlocked.Exchange(ref given, 1) == 0)
        {
            limit.GiveBack(key);
        }
    }
}
