using System.Text.Json;

namespace Medatarun.Server.External;

/// <summary>The keys of an issuer, as they were fetched once.</summary>
internal sealed class IssuerKeySet
{
    private const int MaxKeys = 100;

    private IssuerKeySet(IReadOnlyList<IssuerKey> keys) => Keys = keys;

    /// <summary>Those that can be used.</summary>
    public IReadOnlyList<IssuerKey> Keys { get; }

    /// <summary>Reads a JSON Web Key Set. A key that is of no use is left out.</summary>
    /// <exception cref="KeyFetchException">It is no key set.</exception>
    public static IssuerKeySet Read(JsonElement document)
    {
        if (!document.TryGetProperty("keys", out var keys) || keys.ValueKind != JsonValueKind.Array)
        {
            throw new KeyFetchException("The answer has no list of 'keys'.");
        }

        return keys.GetArrayLength() > MaxKeys
            ? throw new KeyFetchException($"The answer has more than {MaxKeys} keys.")
            : new IssuerKeySet([.. keys.EnumerateArray().Select(IssuerKey.Read).OfType<IssuerKey>()]);
    }

    /// <summary>
    /// The one key that a token may have been signed with; null when there is none, or when several could be meant: a signature is not
    /// tried against one key after the other.
    /// </summary>
    /// <param name="id">The <c>kid</c> of the token; null when it names none.</param>
    /// <param name="algorithm">Its <c>alg</c>.</param>
    public IssuerKey? Find(string? id, string algorithm)
    {
        IssuerKey? found = null;
        foreach (var key in Keys)
        {
            if ((id is null || key.Id == id) && key.Algorithms.Contains(algorithm))
            {
                if (found is not null)
                {
                    return null;
                }

                found = key;
            }
        }

        return found;
    }

    /// <summary>Whether a key that a token names, or any that fits when it names none, is among these.</summary>
    public bool Knows(string? id, string algorithm) =>
        Keys.Any(key => id is null ? key.Algorithms.Contains(algorithm) : key.Id == id);
}
