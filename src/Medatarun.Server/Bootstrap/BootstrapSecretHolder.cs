using System.Security.Cryptography;
using System.Text;
using Medatarun.Contracts;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Bootstrap;

/// <summary>
/// The one-time secret of this start. Only its hash is kept, in memory: each start makes another. That it was used is in
/// the store, for ever.
/// </summary>
internal sealed class BootstrapSecretHolder
{
    /// <summary>Shorter secrets could be guessed.</summary>
    public const int MinLength = 20;

    private const int GeneratedBytes = 48;
    private const string ConsumedKey = "bootstrap.consumed_at";

    private byte[]? hash;

    /// <summary>Takes the configured secret or makes one, while there is no administrator; returns it to be announced.</summary>
    public Secret? Prepare(Store store, RandomSource random, Secret? configured)
    {
        if (store.Read(IsConsumed))
        {
            return null;
        }

        var secret = configured ?? new Secret(random.Base64UrlText(GeneratedBytes));
        hash = Hash(secret);
        return secret;
    }

    public bool Matches(Secret secret) => hash is not null && CryptographicOperations.FixedTimeEquals(hash, Hash(secret));

    public static bool IsConsumed(StoreTransaction transaction) =>
        transaction.Number("SELECT COUNT(*) FROM settings WHERE key = @key", ("@key", ConsumedKey)) > 0;

    public static void Consume(StoreTransaction transaction, DateTimeOffset now) =>
        transaction.Execute(
            "INSERT INTO settings (key, value) VALUES (@key, @value)",
            ("@key", ConsumedKey), ("@value", now.ToString("O", System.Globalization.CultureInfo.InvariantCulture)));

    private static byte[] Hash(Secret secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret.Reveal()));
}
