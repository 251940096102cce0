using Medatarun.Server.Storage;

namespace Medatarun.Server.Tokens;

/// <summary>The keys of this server, kept in the store so that several nodes share them.</summary>
internal sealed class SigningKeys : IDisposable
{
    private IReadOnlyList<SigningKey> keys = [];

    /// <summary>The key that signs: the newest.</summary>
    public SigningKey Current => keys[^1];

    /// <summary>Every key whose tokens are accepted, oldest first.</summary>
    public IReadOnlyList<SigningKey> All => keys;

    public SigningKey? Find(string keyId) => keys.FirstOrDefault(key => key.KeyId == keyId);

    /// <summary>Loads the keys, and makes the first one when there is none.</summary>
    public async Task LoadAsync(Store store, DateTimeOffset now)
    {
        keys = await store.WriteAsync(transaction =>
        {
            var stored = transaction.Query(
                "SELECT private_key FROM signing_keys ORDER BY created_at, kid", row => row.GetString(0));
            if (stored.Count > 0)
            {
                return stored.ConvertAll(SigningKey.FromStored);
            }

            var first = SigningKey.Create();
            transaction.Execute(
                "INSERT INTO signing_keys (kid, algorithm, private_key, created_at) VALUES (@kid, @algorithm, @key, @now)",
                ("@kid", first.KeyId), ("@algorithm", SigningKey.Algorithm), ("@key", first.ToStored()), ("@now", now));
            return [first];
        });
    }

    public void Dispose()
    {
        foreach (var key in keys)
        {
            key.Dispose();
        }
    }
}
