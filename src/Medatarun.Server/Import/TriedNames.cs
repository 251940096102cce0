using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Medatarun.Server.Import;

/// <summary>
/// Which users and e-mail addresses a dry run would have made so far, since the store forgets them with each batch. What is kept is 16
/// bytes of a hash each: some megabytes for the most rows of a call.
/// </summary>
internal sealed class TriedNames
{
    private readonly HashSet<UInt128> usernames = [];
    private readonly Dictionary<UInt128, UInt128> owners = [];

    /// <summary>Whether an earlier row would have made this user.</summary>
    public bool Has(string username) => usernames.Contains(Short(username));

    /// <summary>Whether an earlier row would have given this address to somebody else.</summary>
    public bool HasOther(string emailKey, string username) =>
        owners.TryGetValue(Short(emailKey), out var owner) && owner != Short(username);

    /// <summary>Notes a user who would have been made or changed.</summary>
    public void Add(string username, string? emailKey)
    {
        usernames.Add(Short(username));
        if (emailKey is not null)
        {
            owners[Short(emailKey)] = Short(username);
        }
    }

    private static UInt128 Short(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(text.AsSpan()), hash);
        return MemoryMarshal.Read<UInt128>(hash);
    }
}
