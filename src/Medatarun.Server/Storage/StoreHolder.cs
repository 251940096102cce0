namespace Medatarun.Server.Storage;

/// <summary>The open store. Services are made before the server starts; the store is there from its start on.</summary>
internal sealed class StoreHolder : IDisposable
{
    private Store? store;

    public Store Current => store ?? throw new InvalidOperationException("The Medatarun server has not been started.");

    public void Set(Store opened) => store = opened;

    public void Dispose() => store?.Dispose();
}
