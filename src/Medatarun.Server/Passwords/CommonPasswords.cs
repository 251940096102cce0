using System.Collections.Frozen;

namespace Medatarun.Server.Passwords;

/// <summary>
/// Passwords that satisfy the other rules and are guessed first all the same. Compared without regard to case.
/// The list is a resource of this assembly, read when it is first needed.
/// </summary>
internal sealed class CommonPasswords
{
    private readonly Lazy<FrozenSet<string>> list = new(Read);

    public bool Contains(string password) => list.Value.Contains(password);

    private static FrozenSet<string> Read()
    {
        using var stream = typeof(CommonPasswords).Assembly.GetManifestResourceStream("common-passwords.txt")
            ?? throw new InvalidOperationException("The list of common passwords is missing from the assembly.");
        using var reader = new StreamReader(stream);
        var passwords = new List<string>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0)
            {
                passwords.Add(line);
            }
        }

        return passwords.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }
}
